import { gzipSync } from 'node:zlib';
import type { Knex } from 'knex';
import {
  BACKUPS,
  CLUSTER,
  DRILL_EVERY,
  HEAVY,
  NOW,
  PERIOD,
  RETENTION,
  runsOf,
  type FleetSize,
} from './fleet';
import { ENTRIES, PLAN, RUNS } from './fillStatements';

/**
 * Entries that autovacuum has not seen yet: an index has to look at the table for those. Its default, a fifth of the rows, comes after some
 * five versions of each entry.
 */
const NOT_VACUUMED = 0.05;
const GAPS = 36;

/**
 * Fills the history and its ledger in the order in which runs happen, so that rows of one backup lie as far apart as they do in a portal that
 * recorded them one by one, and keeps every index up to date while it does.
 */
export async function fill(client: Knex, size: FleetSize): Promise<void> {
  // Checkpoints while filling only cost time; they are at their default again for what is measured.
  await setForFill(client, true);
  await client.raw(PLAN, {
    now: new Date(NOW).toISOString(),
    cluster: CLUSTER,
    backups: BACKUPS.join(','),
    instances: size.instances,
    runs: runsOf(size.entries, DRILL_EVERY.ordinary),
    every: DRILL_EVERY.ordinary,
    period: PERIOD.ordinary / 1000,
    heavyNamespace: HEAVY.instance.namespace,
    heavyRelease: HEAVY.instance.release,
    heavyBackup: HEAVY.backup,
    heavyRuns: runsOf(size.heavyEntries, DRILL_EVERY.heavy),
    heavyEvery: DRILL_EVERY.heavy,
    heavyPeriod: PERIOD.heavy / 1000,
    retention: RETENTION,
  });
  await client.raw('analyze bench_plan');
  const {
    rows: [{ total, cut }],
  } = await client.raw(
    `select count(*) as total,
            percentile_disc(?::float8) within group (order by created_at) as cut
       from bench_plan`,
    [1 - NOT_VACUUMED],
  );
  const expected =
    size.instances * BACKUPS.length * size.entries + size.heavyEntries;
  if (Number(total) !== expected) {
    throw new Error(`The plan has ${total} entries instead of ${expected}`);
  }
  for (const part of ['created_at < :cut', 'created_at >= :cut']) {
    await client.raw(RUNS.replace('PART', part), { cut });
    await client.raw(ENTRIES.replace('PART', part), { cut });
    await client.raw('analyze runs');
    await client.raw('analyze backup_entries');
    if (part.includes('<')) {
      await client.raw('vacuum runs, backup_entries');
    }
  }
  await fillRest(client);
  await client.raw('drop table bench_plan');
  await setForFill(client, false);
  await client.raw('checkpoint');
}

/** Logs of what failed, gaps of the watch, and the schedules. */
async function fillRest(client: Knex): Promise<void> {
  const log = gzipSync(
    Array.from(
      { length: 60 },
      (_, line) => `pg_dump: dumping contents of table "public.orders_${line}"`,
    ).join('\n'),
  );
  await client.raw(
    `insert into run_logs (run_id, attempt, content)
     select id, 1, ? from bench_plan where state = 'failed'`,
    [log],
  );
  await client('watch_gaps').insert(
    Array.from({ length: GAPS }, (_, month) => {
      const start = NOW - (month * 30 + 10) * PERIOD.ordinary;
      return {
        cluster: CLUSTER,
        from_at: new Date(start).toISOString(),
        to_at: new Date(start + 40 * 60_000).toISOString(),
      };
    }),
  );
  await client.raw(
    `insert into backup_schedules
       (cluster, namespace, release, name, since_at, schedule, suspended)
     select cluster, namespace, release, name, min(created_at),
            case when release = ? then '*/15 * * * *' else '0 2 * * *' end, false
       from bench_plan where kind = 'backup'
      group by cluster, namespace, release, name`,
    [HEAVY.instance.release],
  );
  for (const table of ['run_logs', 'watch_gaps', 'backup_schedules']) {
    await client.raw('vacuum analyze ??', [table]);
  }
}

async function setForFill(client: Knex, isFilling: boolean): Promise<void> {
  for (const setting of [
    "max_wal_size = '16GB'",
    "checkpoint_timeout = '1h'",
  ]) {
    await client.raw(
      isFilling
        ? `alter system set ${setting}`
        : `alter system reset ${setting.split(' ')[0]}`,
    );
  }
  await client.raw('select pg_reload_conf()');
  if (isFilling) {
    // It would come at some moment of its own; what it has seen and what not is decided here instead.
    for (const table of ['runs', 'backup_entries']) {
      await client.raw('alter table ?? set (autovacuum_enabled = false)', [
        table,
      ]);
    }
  }
}
