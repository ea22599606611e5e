import { DatabaseRunStore } from '../../runs/DatabaseRunStore';
import type { RunRecord } from '../../runs/types';
import { testDatabases } from '../../database/testing/testDatabases';
import { aRunRecord } from '../../testing/aRunRecord';
import { DatabaseLedgerStore } from './DatabaseLedgerStore';

const INSTANCE = { cluster: 'prod', namespace: 'akko', release: 'akko' };
const POSTGRES = { instance: INSTANCE, backup: 'backup-postgres' };

/** The run of a night in November; the report names the backup after the day. */
function night(day: number, changes: Partial<RunRecord> = {}): RunRecord {
  const date = `2026-11-${String(day).padStart(2, '0')}`;
  return aRunRecord({
    uid: `backup-${day}-${changes.name ?? ''}`,
    name: 'backup-postgres',
    kind: 'backup',
    state: 'succeeded',
    createdAt: `${date}T02:00:01.000Z`,
    startedAt: `${date}T02:00:02.000Z`,
    finishedAt: `${date}T02:01:02.000Z`,
    trigger: { type: 'schedule', scheduledFor: `${date}T02:00:00.000Z` },
    report: reportOf(`id-${day}`, { bytes: 1000 * day }),
    ...changes,
  });
}

function reportOf(
  id: string,
  backup: object = {},
  outcome: 'succeeded' | 'failed' = 'succeeded',
): RunRecord['report'] {
  return {
    schema: 'akko.io/report/v1',
    job: 'backup-postgres',
    outcome,
    backup: {
      id,
      location: `/backups/postgres/${id}`,
      sha256: 'abc',
      itemCount: 3,
      verified: true,
      level: 'readable',
      ...backup,
    },
  };
}

function drill(day: number, of: string, changes: Partial<RunRecord> = {}) {
  return night(day, {
    name: 'drill-postgres',
    kind: 'drill',
    trigger: { type: 'portal', by: 'user:default/ana' },
    report: reportOf(of, { level: 'restored', restoreSeconds: 192 }),
    ...changes,
  });
}

describe.each(testDatabases())('the ledger on $name', ({ create }) => {
  let runs: DatabaseRunStore;
  let ledger: DatabaseLedgerStore;

  beforeEach(async () => {
    const database = await create();
    runs = await DatabaseRunStore.create({ database });
    ledger = await DatabaseLedgerStore.create({ database });
  });

  const all = async (filter = {}) =>
    (await ledger.page(POSTGRES, filter, { limit: 200 })).items;
  const days = async (filter = {}) =>
    (await all(filter)).map(({ backupId }) => backupId);

  it('tells what the job said, who began it and when it was due', async () => {
    await runs.upsert(night(9));
    await runs.upsert(
      night(10, {
        report: reportOf('id-10', {
          bytes: 4500,
          kept: 2,
          toolVersion: 'pg_dump 17.6',
          serverVersion: '17.6',
        }),
      }),
    );
    const [entry] = await all();
    expect(entry).toMatchObject({
      instance: 'prod/akko/akko',
      backup: 'backup-postgres',
      origin: 'scheduled',
      scheduledFor: '2026-11-10T02:00:00.000Z',
      state: 'succeeded',
      durationSeconds: 60,
      bytes: 4500,
      bytesSource: 'report',
      ratio: 0.5,
      items: 3,
      location: '/backups/postgres/id-10',
      backupId: 'id-10',
      sha256: 'abc',
      toolVersion: 'pg_dump 17.6',
      serverVersion: '17.6',
      retention: { rank: 1, of: 2 },
      verification: {
        level: 'readable',
        at: '2026-11-10T02:01:02.000Z',
        by: entry.id,
      },
      hasLog: false,
    });
  });

  it('has each run once, however often it is written, and in the order of their creation', async () => {
    for (const day of [12, 10, 11, 12, 10]) {
      await runs.upsert(night(day, { state: 'running', report: undefined }));
      await runs.upsert(night(day));
    }
    expect(await days()).toEqual(['id-12', 'id-11', 'id-10']);
    const ratios = (await all()).map(({ ratio }) => ratio);
    expect(ratios).toEqual([12 / 11, 11 / 10, undefined]);
  });

  it('compares with the good backup before, whatever was recorded first', async () => {
    await runs.upsert(night(12));
    await runs.upsert(night(11, { state: 'failed', report: undefined }));
    await runs.upsert(night(10));
    expect((await all()).map(({ ratio }) => ratio)).toEqual([
      1.2,
      undefined,
      undefined,
    ]);
  });

  describe('of what drills have proven', () => {
    const backups = [night(10), night(11)];
    const proof = drill(12, 'id-10');
    const orders: [string, RunRecord[]][] = [
      ['after the backup', [...backups, proof]],
      ['before the backup', [proof, ...backups]],
    ];

    it.each(orders)(
      'raises the level of that backup, recorded %s',
      async (_, order) => {
        for (const record of order) {
          await runs.upsert(record);
        }
        const [newer, proven] = await all();
        expect(newer.verification.level).toBe('readable');
        expect(proven.verification).toEqual({
          level: 'restored',
          at: proof.finishedAt,
          by: proof.id,
          restoreSeconds: 192,
        });
      },
    );

    it('marks a backup that could not be restored, until it is', async () => {
      await runs.upsert(night(10));
      const failed = drill(11, 'id-10', {
        state: 'failed',
        report: reportOf('id-10', { level: undefined }, 'failed'),
      });
      await runs.upsert(failed);
      expect((await all())[0].verification).toMatchObject({
        level: 'readable',
        failedAt: failed.finishedAt,
        failedBy: failed.id,
      });
      expect((await ledger.facts(POSTGRES)).verified).toEqual({});
      await runs.upsert(proof);
      expect((await all())[0].verification).toMatchObject({
        level: 'restored',
      });
      expect((await all())[0].verification.failedAt).toBeUndefined();
    });

    it('leaves backups of other instances alone', async () => {
      await runs.upsert(night(10));
      await runs.upsert(
        drill(11, 'id-10', { instance: { ...INSTANCE, namespace: 'other' } }),
      );
      expect((await all())[0].verification.level).toBe('readable');
    });
  });

  describe('of what was removed', () => {
    it('tells since when, and counts what is left', async () => {
      for (const day of [10, 11, 12]) {
        await runs.upsert(
          night(day, { report: reportOf(`id-${day}`, { kept: 2 }) }),
        );
      }
      expect((await all()).map(({ retention }) => retention)).toEqual([
        { rank: 1, of: 2 },
        { rank: 2, of: 2 },
        { prunedAt: '2026-11-12T02:01:02.000Z' },
      ]);
      expect(await days({ kept: true })).toEqual(['id-12', 'id-11']);
    });

    it('does not count runs that failed', async () => {
      await runs.upsert(night(10));
      await runs.upsert(night(11, { state: 'failed', report: undefined }));
      await runs.upsert(night(12, { report: reportOf('id-12', { kept: 2 }) }));
      expect(await days({ kept: true })).toEqual(['id-12', 'id-10']);
    });

    it('says nothing of backups at another place', async () => {
      await runs.upsert(
        night(10, {
          report: reportOf('id-10', { location: 's3://old/postgres/id-10' }),
        }),
      );
      await runs.upsert(night(11, { report: reportOf('id-11', { kept: 1 }) }));
      expect(await days({ kept: true })).toEqual(['id-11', 'id-10']);
    });
  });

  describe('of a chart that writes no reports', () => {
    const silent = night(10, { report: undefined });

    it('takes size and place from the log, and says so', async () => {
      await runs.upsert(night(9));
      await runs.upsert({ ...silent, attempts: [anAttempt()] });
      await runs.saveLog(silent.id, 1, {
        text: 'dumping\nBackup size: 4.5 KiB\nwritten to /backups/a.sql.gz\n',
      });
      await runs.upsert({ ...silent, message: 'seen again' });
      expect((await all())[0]).toMatchObject({
        bytes: 4608,
        bytesSource: 'log',
        ratio: 4608 / 9000,
        location: '/backups/a.sql.gz',
        locationSource: 'log',
        verification: { level: 'none' },
        retention: {},
        hasLog: true,
      });
    });

    it('believes the report where there is one', async () => {
      const told = night(10, { attempts: [anAttempt()] });
      await runs.upsert(told);
      await runs.saveLog(told.id, 1, { text: 'Backup size: 9 GiB' });
      expect((await all())[0]).toMatchObject({
        bytes: 10_000,
        bytesSource: 'report',
      });
    });
  });

  it('filters by state, origin, level and what is kept, page by page', async () => {
    for (let day = 1; day <= 20; day++) {
      await runs.upsert(
        night(day, {
          ...(day % 5 === 0 && { state: 'failed', report: undefined }),
          ...(day % 4 === 0 && {
            trigger: { type: 'portal', by: 'user:default/ana' },
          }),
          ...(day % 3 === 0 && {
            report: reportOf(`id-${day}`, { level: 'checksum' }),
          }),
        }),
      );
    }
    await runs.upsert(drill(21, 'id-7'));
    const read = async (filter: object) => {
      const found: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await ledger.page(POSTGRES, filter, { limit: 2, cursor });
        expect(page.items.length).toBeLessThanOrEqual(2);
        found.push(
          ...page.items.map(({ createdAt }) =>
            new Date(createdAt).getUTCDate(),
          ),
        );
        cursor = page.nextCursor;
      } while (cursor);
      return found;
    };
    const everyDay = Array.from({ length: 20 }, (_, index) => 20 - index);
    expect(await read({})).toEqual(everyDay);
    expect(await read({ state: 'failed' })).toEqual([20, 15, 10, 5]);
    expect(await read({ origin: 'manual' })).toEqual([20, 16, 12, 8, 4]);
    expect(await read({ level: 'restored' })).toEqual([7]);
    expect(await read({ level: 'readable', origin: 'manual' })).toEqual([
      16, 8, 4,
    ]);
    expect(await read({ level: 'checksum' })).toEqual(
      everyDay
        .filter(day => day % 5 !== 0 || day % 3 === 0)
        .filter(day => day !== 15),
    );
  });

  it('knows the newest of each kind', async () => {
    await runs.upsert(night(8));
    await runs.upsert(night(9));
    await runs.upsert(
      night(10, { trigger: { type: 'kubectl' }, report: reportOf('id-10') }),
    );
    await runs.upsert(night(11, { state: 'failed', report: undefined }));
    await runs.upsert(night(12, { state: 'running', report: undefined }));
    await runs.upsert(drill(12, 'id-8'));
    const facts = await ledger.facts(POSTGRES);
    const dayOf = (entry?: { createdAt: string }) =>
      entry && new Date(entry.createdAt).getUTCDate();
    expect({
      lastEnded: dayOf(facts.lastEnded),
      lastScheduled: dayOf(facts.lastScheduled),
      lastGood: dayOf(facts.lastGood),
      lastScheduledGood: dayOf(facts.lastScheduledGood),
      readable: dayOf(facts.verified.readable),
      restored: dayOf(facts.verified.restored),
      lastDrill: facts.lastDrill?.verification.restoreSeconds,
    }).toEqual({
      lastEnded: 11,
      lastScheduled: 11,
      lastGood: 10,
      lastScheduledGood: 9,
      readable: 10,
      restored: 8,
      lastDrill: 192,
    });
  });

  it('draws failures and drills, and of many others some', async () => {
    for (let day = 1; day <= 20; day++) {
      await runs.upsert(
        night(day, day === 7 ? { state: 'failed', report: undefined } : {}),
      );
    }
    await runs.upsert(drill(9, 'id-8'));
    const range = {
      from: '2026-11-02T00:00:00.000Z',
      to: '2026-11-30T00:00:00.000Z',
    };
    const whole = await ledger.chart(POSTGRES, range, 100);
    expect(whole.thinned).toBe(false);
    expect(whole.points).toHaveLength(20);
    expect(whole.points[0]).toMatchObject({
      kind: 'backup',
      at: '2026-11-02T02:00:01.000Z',
      bytes: 2000,
      durationSeconds: 60,
      level: 'readable',
    });
    const some = await ledger.chart(POSTGRES, range, 5);
    expect(some.thinned).toBe(true);
    expect(some.points.length).toBeLessThan(10);
    expect(some.points.filter(({ kind }) => kind === 'drill')).toHaveLength(1);
    expect(some.points.filter(({ state }) => state === 'failed')).toHaveLength(
      1,
    );
  });

  it('enters runs of before there was a ledger', async () => {
    const database = await create();
    const store = await DatabaseRunStore.create({ database });
    await store.upsert(night(10));
    await store.upsert(drill(11, 'id-10'));
    const client = await database.getClient();
    await client('backup_entries').delete();
    await DatabaseRunStore.create({ database });
    const { items } = await (
      await DatabaseLedgerStore.create({ database })
    ).page(POSTGRES, {}, { limit: 10 });
    expect(items).toMatchObject([
      { backupId: 'id-10', verification: { level: 'restored' } },
    ]);
  });

  it('keeps what is still there, the last good one and the last drill for ever', async () => {
    for (const day of [1, 2, 3, 4]) {
      await runs.upsert(
        night(day, { report: reportOf(`id-${day}`, { kept: 2 }), live: false }),
      );
    }
    await runs.upsert(
      night(5, { state: 'failed', report: undefined, live: false }),
    );
    await runs.upsert(
      night(6, { state: 'failed', report: undefined, live: false }),
    );
    await runs.prune(new Date('2027-06-01T00:00:00Z'));
    expect(
      (await all()).map(({ createdAt }) => new Date(createdAt).getUTCDate()),
    ).toEqual([6, 4, 3]);
  });
});

function anAttempt() {
  return { number: 1, pod: 'a', exitCode: 0, hasLog: false };
}
