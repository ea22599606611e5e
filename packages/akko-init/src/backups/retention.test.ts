import { beyondRetention } from './retention';

/** Backups from the oldest; one in capitals is damaged. */
const backups = (names: string) =>
  [...names].map(id => ({
    id,
    damaged: id === id.toUpperCase() ? ['infra/globals.sql'] : [],
  }));

describe('beyondRetention', () => {
  it.each([
    { there: '', retention: 7, pruned: '' },
    { there: 'a', retention: 1, pruned: '' },
    { there: 'ab', retention: 1, pruned: 'a' },
    { there: 'abc', retention: 3, pruned: '' },
    { there: 'abcde', retention: 3, pruned: 'ab' },
    // A damaged one neither counts nor goes.
    { there: 'aB', retention: 1, pruned: '' },
    { there: 'AbCd', retention: 1, pruned: 'b' },
    { there: 'ABC', retention: 1, pruned: '' },
  ])(
    'of "$there" with $retention to keep is "$pruned"',
    ({ there, retention, pruned }) => {
      const ids = beyondRetention(backups(there), retention).map(
        ({ id }) => id,
      );
      expect(ids.join('')).toBe(pruned);
    },
  );
});
