import type { DatabaseService } from '@backstage/backend-plugin-api';
import { testDatabases } from '../database/testing/testDatabases';
import { aRunRecord } from '../testing/aRunRecord';
import { aJob } from '../testing/kubernetesObjects';
import { DatabaseRunStore } from './DatabaseRunStore';

const INSTANCE = { cluster: 'prod', namespace: 'akko', release: 'akko' };

function minute(value: number): string {
  return new Date(Date.UTC(2026, 10, 1, 10, value)).toISOString();
}

describe.each(testDatabases())('run history on $name', ({ name, create }) => {
  let store: DatabaseRunStore;
  let database: DatabaseService;

  beforeEach(async () => {
    database = await create();
    store = await DatabaseRunStore.create({ database });
  });

  /** All upgrades as `revision: jobs`, read in pages of some size. */
  async function upgradesInPagesOf(limit: number): Promise<string[]> {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.upgrades({ instance: INSTANCE, limit, cursor });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      for (const { revision, runs } of page.items) {
        const names = runs.map(run => run.name).sort();
        seen.push(`${revision}: ${names.join(' ')}`);
      }
      cursor = page.nextCursor;
    } while (cursor);
    return seen;
  }

  it('gives back the run that was written', async () => {
    const record = aRunRecord({
      report: {
        schema: 'akko.io/report/v1',
        job: 'minio-init',
        outcome: 'succeeded',
      },
    });
    await expect(store.upsert(record)).resolves.toBe(true);

    const run = await store.get(record.id);
    expect(run).toMatchObject({
      id: record.id,
      uid: 'uid-1',
      instance: 'prod/akko/akko',
      state: 'succeeded',
      trigger: { type: 'helm', revision: 14 },
      durationSeconds: 12,
      exitCode: 0,
      live: true,
      report: { outcome: 'succeeded' },
    });
    await expect(store.getByUid('prod', 'uid-1')).resolves.toEqual(run);
    await expect(store.get('no-such-run')).resolves.toBeUndefined();
  });

  it('says that nothing changed when the same is written again', async () => {
    await store.upsert(aRunRecord());
    await expect(store.upsert(aRunRecord())).resolves.toBe(false);
  });

  it('never takes a terminal state back', async () => {
    await store.upsert(aRunRecord());
    await store.upsert(
      aRunRecord({ state: 'running', finishedAt: undefined, live: true }),
    );
    await store.upsert(aRunRecord({ state: 'unknown', live: false }));

    await expect(store.get(aRunRecord().id)).resolves.toMatchObject({
      state: 'succeeded',
      finishedAt: '2026-11-01T10:00:13.000Z',
      live: false,
    });
  });

  it('keeps one row with all that was seen when replicas write side by side', async () => {
    const attempts = [1, 2, 3, 4].map(number => ({
      number,
      pod: `pod-${number}`,
      hasLog: false,
      exitCode: number === 4 ? 0 : 1,
    }));
    const sights = attempts.flatMap(attempt => [
      aRunRecord({
        state: 'running',
        finishedAt: undefined,
        attempts: [attempt],
      }),
      aRunRecord({ state: 'succeeded', attempts: [attempt] }),
    ]);

    await Promise.all(sights.map(sight => store.upsert(sight)));

    const page = await store.list({
      instance: INSTANCE,
      name: 'minio-init',
      limit: 10,
    });
    expect(page.items).toHaveLength(1);
    expect(page.items[0].state).toBe('succeeded');
    expect(page.items[0].attempts.map(({ pod }) => pod).sort()).toEqual([
      'pod-1',
      'pod-2',
      'pod-3',
      'pod-4',
    ]);
  });

  it('pages newest first, without loss and repetition among runs of one second', async () => {
    for (let index = 0; index < 7; index++) {
      await store.upsert(
        aRunRecord({
          uid: `uid-${index}`,
          createdAt: minute(Math.floor(index / 3)),
        }),
      );
    }
    await store.upsert(aRunRecord({ uid: 'other', name: 'polaris-init' }));

    const seen: { id: string; createdAt: string }[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list({
        instance: INSTANCE,
        name: 'minio-init',
        limit: 2,
        cursor,
      });
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);

    expect(new Set(seen.map(({ id }) => id)).size).toBe(7);
    const times = seen.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort().reverse());
  });

  it.each(['x', 'bm9uZQ', Buffer.from('["a","b"]').toString('base64url')])(
    'refuses the cursor %s',
    async cursor => {
      await expect(
        store.list({
          instance: INSTANCE,
          name: 'minio-init',
          limit: 2,
          cursor,
        }),
      ).rejects.toMatchObject({ code: 'invalid-request' });
    },
  );

  it('refuses the cursor of the runs of another job', async () => {
    for (const job of ['minio-init', 'polaris-init']) {
      for (const uid of ['1', '2']) {
        await store.upsert(aRunRecord({ uid: `${job}-${uid}`, name: job }));
      }
    }
    const { nextCursor } = await store.list({
      instance: INSTANCE,
      name: 'minio-init',
      limit: 1,
    });
    await expect(
      store.list({
        instance: INSTANCE,
        name: 'polaris-init',
        limit: 1,
        cursor: nextCursor,
      }),
    ).rejects.toMatchObject({
      code: 'invalid-request',
      fields: { details: [{ field: 'cursor', message: expect.any(String) }] },
    });
  });

  it('tells upgrades from the init jobs that Helm ran on this instance, newest first', async () => {
    const good = aRunRecord({ uid: 'good', createdAt: minute(3) });
    const failed = aRunRecord({
      uid: 'failed',
      name: 'polaris-init',
      state: 'failed',
      createdAt: minute(4),
      finishedAt: minute(6),
    });
    for (const record of [
      aRunRecord({
        uid: 'before',
        trigger: { type: 'helm', revision: 13 },
        createdAt: minute(1),
        finishedAt: minute(2),
      }),
      good,
      failed,
      aRunRecord({ uid: 'other', instance: { ...INSTANCE, release: 'blue' } }),
      aRunRecord({ uid: 'drill', kind: 'drill', createdAt: minute(5) }),
      aRunRecord({
        uid: 'person',
        trigger: { type: 'portal', by: 'user:default/ana' },
        createdAt: minute(5),
      }),
    ]) {
      await store.upsert(record);
    }

    await expect(
      store.upgrades({ instance: INSTANCE, limit: 10 }),
    ).resolves.toEqual({
      items: [
        {
          id: good.id,
          revision: 14,
          state: 'failed',
          startedAt: minute(3),
          finishedAt: minute(6),
          runs: [
            { id: good.id, name: 'minio-init', state: 'succeeded' },
            { id: failed.id, name: 'polaris-init', state: 'failed' },
          ],
        },
        expect.objectContaining({ revision: 13, state: 'succeeded' }),
      ],
      nextCursor: undefined,
    });
  });

  it.each([1, 3, 20])(
    'tells the same upgrades in pages of %i as in one, however they overlap',
    async limit => {
      const expected: string[] = [];
      for (let revision = 2; revision < 32; revision++) {
        // Every third upgrade goes on while the next ones run.
        const pause = revision % 3 === 0 ? 100 : 1;
        for (const [index, job] of ['a', 'b', 'c'].entries()) {
          await store.upsert(
            aRunRecord({
              uid: `${job}-${revision}`,
              name: job,
              trigger: { type: 'helm', revision },
              createdAt: minute(revision * 60 + index * pause),
            }),
          );
        }
        expected.unshift(`${revision}: a b c`);
      }
      await expect(upgradesInPagesOf(limit)).resolves.toEqual(expected);
    },
  );

  it('reads on until it has all runs of an upgrade', async () => {
    for (let index = 0; index < 100; index++) {
      await store.upsert(
        aRunRecord({
          uid: `again-${index}`,
          trigger: { type: 'helm', revision: 2 },
          createdAt: minute(index),
        }),
      );
    }
    const { items } = await store.upgrades({ instance: INSTANCE, limit: 1 });
    expect(items).toMatchObject([{ revision: 2, startedAt: minute(0) }]);
  });

  it.each(['x', 'bm9uZQ', 'bm9uZQ.bm9uZQ', '.'])(
    'refuses the cursor %s of upgrades',
    async cursor => {
      await expect(
        store.upgrades({ instance: INSTANCE, limit: 2, cursor }),
      ).rejects.toMatchObject({ code: 'invalid-request' });
    },
  );

  it('fills in what a replica of an older version leaves out', async () => {
    const record = aRunRecord();
    await store.upsert(record);
    const client = await database.getClient();
    await client('runs').update({ trigger_type: null, revision: null });
    await expect(upgradesInPagesOf(10)).resolves.toEqual([]);

    await expect(store.upsert(record)).resolves.toBe(true);
    await expect(upgradesInPagesOf(10)).resolves.toEqual(['14: minio-init']);
    await expect(store.upsert(record)).resolves.toBe(false);
  });

  it('tells the neighbours and the last good run before a run', async () => {
    const states = ['succeeded', 'failed', 'failed', 'succeeded'] as const;
    const records = states.map((state, index) =>
      aRunRecord({ uid: `uid-${index}`, state, createdAt: minute(index) }),
    );
    for (const record of records) {
      await store.upsert(record);
    }

    await expect(store.detail(records[2].id)).resolves.toMatchObject({
      id: records[2].id,
      previous: records[1].id,
      next: records[3].id,
      lastGood: { id: records[0].id },
    });
    const first = await store.detail(records[0].id);
    expect(first?.previous).toBeUndefined();
    expect(first?.lastGood).toBeUndefined();
  });

  it('keeps logs, and tells which attempts have one', async () => {
    const record = aRunRecord();
    await store.upsert(record);
    const text = 'zeile mit ü\n'.repeat(50_000);
    await store.saveLog(record.id, 1, { text, cutBytes: 9_000_000_000 });

    await expect(store.readLog(record.id, 1)).resolves.toEqual({
      text,
      cutBytes: 9_000_000_000,
    });
    await expect(store.readLog(record.id, 2)).resolves.toBeUndefined();
    const run = await store.get(record.id);
    expect(run?.attempts[0].hasLog).toBe(true);
    await store.upsert(record);
    expect((await store.get(record.id))?.attempts[0].hasLog).toBe(true);
  });

  it('keeps the first manifest of a run, and finds the newest of a job', async () => {
    const older = aRunRecord({ uid: 'older', createdAt: minute(1) });
    const newer = aRunRecord({ uid: 'newer', createdAt: minute(2) });
    const without = aRunRecord({ uid: 'without', createdAt: minute(3) });
    for (const record of [older, newer, without]) {
      await store.upsert(record);
    }
    const job = aJob({ uid: 'newer' });
    await store.saveManifest(older.id, aJob({ uid: 'older' }));
    await store.saveManifest(newer.id, job);
    await store.saveManifest(newer.id, aJob({ uid: 'late' }));

    const expected = JSON.parse(JSON.stringify(job));
    await expect(store.readManifest(newer.id)).resolves.toEqual(expected);
    await expect(store.lastManifest(INSTANCE, 'minio-init')).resolves.toEqual(
      expected,
    );
    await expect(
      store.lastManifest(INSTANCE, 'polaris-init'),
    ).resolves.toBeUndefined();
  });

  it('knows the newest run, the newest success and the usual duration of each job', async () => {
    const seconds = [10, 30, 20];
    for (const [index, duration] of seconds.entries()) {
      const start = Date.parse(minute(index));
      await store.upsert(
        aRunRecord({
          uid: `good-${index}`,
          createdAt: minute(index),
          startedAt: minute(index),
          finishedAt: new Date(start + duration * 1000).toISOString(),
        }),
      );
    }
    await store.upsert(
      aRunRecord({ uid: 'bad', state: 'failed', createdAt: minute(9) }),
    );
    await store.upsert(
      aRunRecord({ uid: 'other', name: 'polaris-init', state: 'failed' }),
    );

    const facts = await store.facts();
    expect(facts).toHaveLength(2);
    expect(facts.find(fact => fact.name === 'minio-init')).toMatchObject({
      instance: INSTANCE,
      kind: 'init',
      lastRun: { uid: 'bad', state: 'failed' },
      lastSuccessAt: '2026-11-01T10:02:20.000Z',
      usualDurationSeconds: 20,
      recentDurationsSeconds: [20, 30, 10],
    });
    const other = facts.find(fact => fact.name === 'polaris-init');
    expect(other?.lastSuccessAt).toBeUndefined();
    expect(other?.usualDurationSeconds).toBeUndefined();
  });

  it('lists the runs whose Jobs were on a cluster', async () => {
    await store.upsert(aRunRecord({ uid: 'here' }));
    await store.upsert(aRunRecord({ uid: 'gone', live: false }));
    await store.upsert(aRunRecord({ uid: 'elsewhere', cluster: 'test' }));

    const live = await store.listLive('prod');
    expect(live.map(({ uid }) => uid)).toEqual(['here']);
  });

  it('deletes old runs with logs and manifests, but never the last run of a job', async () => {
    const old = aRunRecord({ uid: 'old', createdAt: minute(1), live: false });
    const lastOfJob = aRunRecord({
      uid: 'last',
      createdAt: minute(2),
      live: false,
    });
    const running = aRunRecord({
      uid: 'running',
      name: 'polaris-init',
      state: 'running',
      finishedAt: undefined,
      createdAt: minute(1),
    });
    const onlyOne = aRunRecord({
      uid: 'only',
      name: 'polaris-init',
      createdAt: minute(3),
    });
    for (const record of [old, lastOfJob, running, onlyOne]) {
      await store.upsert(record);
    }
    await store.saveLog(old.id, 1, { text: 'log' });
    await store.saveManifest(old.id, aJob());

    await expect(store.prune(new Date('2026-12-01'))).resolves.toBe(1);
    await expect(store.get(old.id)).resolves.toBeUndefined();
    await expect(store.readLog(old.id, 1)).resolves.toBeUndefined();
    await expect(store.readManifest(old.id)).resolves.toBeUndefined();
    for (const record of [lastOfJob, running, onlyOne]) {
      await expect(store.get(record.id)).resolves.toBeDefined();
    }
    await expect(store.prune(new Date('2026-12-01'))).resolves.toBe(0);
  });

  it('keeps young runs', async () => {
    await store.upsert(aRunRecord({ uid: 'a', createdAt: minute(1) }));
    await store.upsert(aRunRecord({ uid: 'b', createdAt: minute(2) }));
    await expect(store.prune(new Date('2026-11-01T10:00:00Z'))).resolves.toBe(
      0,
    );
  });

  it('refuses a log of a run that it does not know', async () => {
    await expect(
      store.saveLog(aRunRecord().id, 1, { text: name }),
    ).rejects.toThrow('the history has no such run');
  });
});
