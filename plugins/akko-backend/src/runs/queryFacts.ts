import type { Knex } from 'knex';
import type { RunRow } from '../database/tables';
import { recordOfRow, runOfRecord, secondsBetween } from './runRows';
import type { JobFacts } from './types';
import { USUAL_DURATION_RUNS, usualDuration } from './usualDuration';

const JOB = ['cluster', 'namespace', 'release', 'name'] as const;
/** Jobs asked for in one statement: SQLite takes 500 queries put together, and PostgreSQL plans each of them. */
const JOBS_AT_ONCE = 100;

type Job = Pick<RunRow, (typeof JOB)[number]>;
type Success = Job & Pick<RunRow, 'started_at' | 'finished_at'>;

function keyOf(row: Job): string {
  return JOB.map(column => row[column]).join('/');
}

/**
 * The jobs that a table has rows of, each found from the one before by the index that begins with a job: neither database skips through an
 * index by itself, and a history has hundreds of rows of each job.
 *
 * @param key - primary key of the table
 */
export async function jobsIn(
  client: Knex,
  table: 'runs' | 'backup_entries',
  key: 'id' | 'run_id',
): Promise<Job[]> {
  const columns = JOB.join(', ');
  const step = (where: string) =>
    `(select ${key} from ${table} n ${where} order by ${columns} limit 1)`;
  const of = (alias: string) =>
    JOB.map(column => `${alias}.${column}`).join(', ');
  return client
    .withRecursive(
      'jobs',
      client.raw(
        `select ${columns} from ${table} where ${key} = ${step('')}
         union all
         select ${of('t')} from jobs join ${table} t on t.${key} = ${step(
          `where (${of('n')}) > (${of('jobs')})`,
        )}`,
      ),
    )
    .select(...JOB)
    .from('jobs');
}

/** The newest rows of each of some jobs, newest first. */
async function newestOf<Column extends keyof RunRow>(
  client: Knex,
  jobs: readonly Job[],
  columns: readonly Column[],
  newest: number,
  where: Partial<RunRow> = {},
): Promise<Pick<RunRow, Column | 'created_at' | 'id'>[]> {
  const [first, ...others] = jobs.map(job =>
    client.select('*').from(
      client<RunRow>('runs')
        .where({ ...job, ...where })
        .orderBy([
          { column: 'created_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(newest)
        .select(...columns, 'created_at', 'id')
        .as('newest'),
    ),
  );
  const rows: Pick<RunRow, Column | 'created_at' | 'id'>[] =
    await first.unionAll(others);
  return rows.sort(
    (a, b) =>
      b.created_at.localeCompare(a.created_at) || b.id.localeCompare(a.id),
  );
}

/** {@link RunStore.facts}: newest run, newest success and usual duration of every job in the history. */
export async function queryFacts(client: Knex): Promise<JobFacts[]> {
  const jobs = await jobsIn(client, 'runs', 'id');
  const runs: RunRow[] = [];
  const successesByJob = new Map<string, Success[]>();
  for (let start = 0; start < jobs.length; start += JOBS_AT_ONCE) {
    const some = jobs.slice(start, start + JOBS_AT_ONCE);
    const newest = await newestOf(client, some, [], 1);
    runs.push(
      ...(await client<RunRow>('runs').whereIn(
        'id',
        newest.map(({ id }) => id),
      )),
    );
    const successes = await newestOf(
      client,
      some,
      [...JOB, 'started_at', 'finished_at'],
      USUAL_DURATION_RUNS,
      { state: 'succeeded' },
    );
    for (const row of successes) {
      const known = successesByJob.get(keyOf(row));
      if (known) {
        known.push(row);
      } else {
        successesByJob.set(keyOf(row), [row]);
      }
    }
  }
  return runs.map(row => {
    const record = recordOfRow(row);
    const good = successesByJob.get(keyOf(row)) ?? [];
    const recentDurationsSeconds = good
      .map(({ started_at, finished_at }) =>
        secondsBetween(started_at ?? undefined, finished_at ?? undefined),
      )
      .filter(seconds => seconds !== undefined);
    return {
      instance: record.instance,
      name: record.name,
      kind: record.kind,
      lastRun: runOfRecord(record),
      lastSuccessAt: good[0]?.finished_at ?? undefined,
      usualDurationSeconds: usualDuration(recentDurationsSeconds),
      recentDurationsSeconds,
    };
  });
}
