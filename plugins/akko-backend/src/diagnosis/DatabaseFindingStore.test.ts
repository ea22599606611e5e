import { testDatabases } from '../database/testing/testDatabases';
import { DatabaseFindingStore } from './DatabaseFindingStore';
import type { FoundProblem } from './types';

const AKKO = { cluster: 'prod', namespace: 'akko', release: 'akko' };
const PROBLEM: FoundProblem = {
  key: 'akko/akko/postgres-init/target-refused',
  rule: 'target-refused',
  severity: 'error',
  title: 'PostgreSQL refuses connections',
  cause: 'It is down.',
  confidence: 'likely',
  object: { kind: 'Job', name: 'akko-postgres-init' },
  job: 'postgres-init',
  run: 'run-1',
  causeKey: 'target-refused akko-postgresql:5432',
  evidence: [],
  steps: [],
  consequences: [],
};

describe.each(testDatabases())('findings on $name', ({ create }) => {
  let now: Date;
  let one: DatabaseFindingStore;
  let other: DatabaseFindingStore;

  beforeEach(async () => {
    now = new Date('2026-11-01T12:00:00Z');
    const database = await create();
    const options = { database, now: () => now };
    one = await DatabaseFindingStore.create(options);
    other = await DatabaseFindingStore.create(options);
  });
  const later = () => {
    now = new Date(now.getTime() + 60_000);
  };

  it('opens a problem once, and is the same as long as it is there', async () => {
    const { finding, outcome } = await one.save(AKKO, PROBLEM);
    expect(outcome).toBe('opened');
    later();
    expect(await other.save(AKKO, PROBLEM)).toEqual({
      finding,
      outcome: 'same',
    });
    expect(await one.open()).toMatchObject([
      { instance: AKKO, key: PROBLEM.key, finding },
    ]);
  });

  it('begins when the evidence says that it began', async () => {
    const since = '2026-11-01T11:00:00.000Z';
    const { finding } = await one.save(AKKO, { ...PROBLEM, since });
    expect(finding.openedAt).toBe(since);
  });

  it('keeps its beginning when its words change', async () => {
    const { finding } = await one.save(AKKO, PROBLEM);
    later();
    const changed = await other.save(AKKO, { ...PROBLEM, cause: 'Other.' });
    expect(changed).toMatchObject({
      outcome: 'changed',
      finding: {
        id: finding.id,
        openedAt: finding.openedAt,
        seenAt: now.toISOString(),
        cause: 'Other.',
      },
    });
  });

  it('is opened by one of several who find it at once', async () => {
    const outcomes = await Promise.all(
      [one, other, one, other].map(store => store.save(AKKO, PROBLEM)),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'opened')).toHaveLength(
      1,
    );
  });

  it('is resolved by one, stays with its run, and opens anew when it comes again', async () => {
    const { finding } = await one.save(AKKO, PROBLEM);
    later();
    const resolved = await Promise.all([
      one.resolve(finding.id),
      other.resolve(finding.id),
    ]);
    expect(resolved.filter(Boolean)).toMatchObject([
      { resolvedAt: now.toISOString() },
    ]);
    expect(await one.openOf(AKKO)).toEqual([]);
    expect(await one.ofRun('run-1')).toMatchObject([{ id: finding.id }]);
    const again = await one.save(AKKO, { ...PROBLEM, run: 'run-2' });
    expect(again.outcome).toBe('opened');
    expect(again.finding.id).not.toBe(finding.id);
  });

  it('forgets what was resolved long ago, and nothing that is open', async () => {
    const { finding } = await one.save(AKKO, PROBLEM);
    await one.save(AKKO, { ...PROBLEM, key: 'another' });
    await one.resolve(finding.id);
    later();
    expect(await one.prune(now)).toBe(1);
    expect(await one.open()).toHaveLength(1);
  });
});
