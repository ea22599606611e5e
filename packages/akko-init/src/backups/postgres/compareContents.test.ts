import { compareContents } from './compareContents';

const CONTENTS = {
  tables: [
    { schema: 'banking', name: 'accounts', rows: 3 },
    { schema: 'banking', name: 'loans', rows: 0 },
  ],
  largeObjects: 2,
  extensions: [{ name: 'postgis', version: '3.5.2' }],
};

describe('compareContents', () => {
  it.each([
    { what: 'nothing', restored: {}, differences: [] },
    {
      what: 'the version of an extension',
      restored: { extensions: [{ name: 'postgis', version: '3.6.0' }] },
      differences: [],
    },
    {
      what: 'an extension more',
      restored: {
        extensions: [
          { name: 'plpgsql', version: '1' },
          { name: 'postgis', version: '3' },
        ],
      },
      differences: [],
    },
    {
      what: 'rows',
      restored: {
        tables: [
          { schema: 'banking', name: 'accounts', rows: 2 },
          { schema: 'banking', name: 'loans', rows: 0 },
        ],
      },
      differences: ['table banking.accounts has 2 rows instead of 3'],
    },
    {
      what: 'tables',
      restored: {
        tables: [
          { schema: 'banking', name: 'accounts', rows: 3 },
          { schema: 'public', name: 'loans', rows: 0 },
        ],
      },
      differences: [
        'table banking.loans is missing',
        'table public.loans is not in the manifest',
      ],
    },
    {
      what: 'large objects and extensions',
      restored: { largeObjects: 0, extensions: [] },
      differences: [
        'the number of large objects is 0 instead of 2',
        'extension postgis is missing',
      ],
    },
  ])('tells when $what differ', ({ restored, differences }) => {
    expect(compareContents(CONTENTS, { ...CONTENTS, ...restored })).toEqual(
      differences,
    );
  });
});
