import { aConfig } from '../__testUtils__/fixtures';
import type { AkkoProviderConfig } from '../config';
import { belongingOf } from './belongingOf';

const REF = { cluster: 'prod', namespace: 'lab', release: 'akko' };
const LABELS = { 'akko.io/owner': 'analytics', 'akko.io/system': 'lakehouse' };
const PLATFORM = {
  owner: 'group:default/platform',
  system: 'system:default/akko',
};
const RULE = { owner: 'user:default/ana', system: 'system:default/lab' };

describe('where an instance belongs', () => {
  it.each<
    [
      string,
      Partial<AkkoProviderConfig>,
      Record<string, string> | undefined,
      string,
      string | undefined,
    ]
  >([
    ['nobody says anything', {}, undefined, 'group:default/unknown', undefined],
    [
      'only labels say',
      {},
      LABELS,
      'group:default/analytics',
      'system:default/lakehouse',
    ],
    [
      'only the configuration says',
      PLATFORM,
      undefined,
      PLATFORM.owner,
      PLATFORM.system,
    ],
    [
      'the configuration says for all, and labels otherwise',
      PLATFORM,
      LABELS,
      PLATFORM.owner,
      PLATFORM.system,
    ],
    [
      'labels are trusted',
      { ...PLATFORM, trustLabels: true },
      LABELS,
      'group:default/analytics',
      'system:default/lakehouse',
    ],
    [
      'labels are trusted and absent',
      { ...PLATFORM, trustLabels: true },
      {},
      PLATFORM.owner,
      PLATFORM.system,
    ],
    [
      'a rule fits, whatever labels say',
      { ...PLATFORM, trustLabels: true, instances: [RULE] },
      LABELS,
      RULE.owner,
      RULE.system,
    ],
    [
      'a rule fits that names only the system',
      { ...PLATFORM, instances: [{ system: RULE.system }] },
      LABELS,
      PLATFORM.owner,
      RULE.system,
    ],
    [
      'capital letters are in a label',
      {},
      { 'akko.io/owner': 'Analytics' },
      'group:default/analytics',
      undefined,
    ],
    [
      'a label is empty',
      {},
      { 'akko.io/owner': '' },
      'group:default/unknown',
      undefined,
    ],
    [
      'a label is a whole ref, as Kubernetes would not take it',
      {},
      { 'akko.io/owner': 'user:default/admin' },
      'group:default/unknown',
      undefined,
    ],
  ])('when %s', (_, config, labels, owner, system) => {
    expect(belongingOf(REF, labels, aConfig(config))).toMatchObject({
      owner,
      system,
    });
  });

  it.each([
    ['everything', {}, true],
    ['its cluster', { cluster: 'prod' }, true],
    ['another cluster', { cluster: 'test' }, false],
    ['its namespace', { namespace: 'lab' }, true],
    [
      'another namespace of its cluster',
      { cluster: 'prod', namespace: 'akko' },
      false,
    ],
    ['its release', { release: 'akko' }, true],
    ['another release', { release: 'lab' }, false],
    ['its whole ref', REF, true],
  ])('a rule of %s fits: %s', (_, rule, fits) => {
    const { title } = belongingOf(
      REF,
      undefined,
      aConfig({ instances: [{ ...rule, title: 'Lab' }] }),
    );
    expect(title).toBe(fits ? 'Lab' : undefined);
  });

  it('is as the first rule says that fits, and no other', () => {
    const instances = [
      { cluster: 'test', owner: 'group:default/test' },
      { namespace: 'lab', title: 'Laboratory' },
      { cluster: 'prod', owner: 'group:default/prod', title: 'Production' },
    ];
    expect(
      belongingOf(REF, undefined, aConfig({ ...PLATFORM, instances })),
    ).toEqual({ ...PLATFORM, title: 'Laboratory' });
  });
});
