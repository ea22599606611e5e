import type { Knex } from 'knex';
import type { RunRow } from '../database/tables';
import { recordOfRow, runOfRecord, secondsBetween } from './runRows';
import type { JobFacts } from './types';
import { USUAL_DURATION_RUNS, usualDuration } from './usualDuration';

const JOB = ['cluster', 'namespace', 'release', 'name'] as const;

type Job = Pick<RunRow, (typeof JOB)[number]>;
type Success = Job & Pick<RunRow, 'started_at' | 'finished_at'>;

/** That a run `n` is one of a job of `jobs`. */
const SAME_JOB = JOB.map(column => `n.${column} = jobs.${column}`).join(
  ' and ',
);

function keyOf(row: Job): string {
  return JOB.map(column => row[column]).join('/');
}

/** The recursive query `jobs`, as {@link jobsIn} answers it. */
function jobsQuery(
  client: Knex,
  table: 'runs' | 'backup_entries',
  key: 'id' | 'run_id',
): Knex.QueryBuilder {
  const columns = JOB.join(', ');
  const of = (alias: string) =>
    JOB.map(column => `${alias}.${column}`).join(', ');
  const first = (where: string) =>
    `(select ${key} from ${table} n ${where} order by ${columns} limit 1)`;
  return client.withRecursive(
    'jobs',
    client.raw(
      `select ${columns} from ${table} where ${key} = ${first('')}
       union all
       select ${of('t')} from jobs join ${table} t on t.${key} = ${first(
        `where (${of('n')}) > (${of('jobs')})`,
      )}`,
    ),
  );
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
  return jobsQuery(client, table, key)
    .select(...JOB)
    .from('jobs');
}

/** The newest run of each job. */
async function newestRuns(client: Knex): Promise<RunRow[]> {
  return jobsQuery(client, 'runs', 'id')
    .select('runs.*')
    .from('jobs')
    .joinRaw(
      `join runs on runs.id = (select n.id from runs n where ${SAME_JOB}
         order by n.created_at desc, n.id desc limit 1)`,
    );
}

/** The newest successes of each job, newest first. */
async function newestSuccesses(client: Knex): Promise<Success[]> {
  if (client.client.config.client === 'pg') {
    // Read from the index of each job. Ranking all rows, as below, sorts the whole history.
    const rows: (Success & Pick<RunRow, 'created_at' | 'id'>)[] =
      await jobsQuery(client, 'runs', 'id')
        .select('jobs.*', 'newest.*')
        .from('jobs')
        .joinRaw(
          `cross join lateral (
             select n.id, n.created_at, n.started_at, n.finished_at from runs n
              where ${SAME_JOB} and n.state = 'succeeded'
              order by n.created_at desc, n.id desc limit ${USUAL_DURATION_RUNS}) newest`,
        );
    return rows.sort(
      (a, b) => compare(b.created_at, a.created_at) || compare(b.id, a.id),
    );
  }
  return client
    .with('ranked', query =>
      query
        .select(
          ...[...JOB, 'started_at', 'finished_at'],
          client.raw(
            'row_number() over (partition by cluster, namespace, release, name order by created_at desc, id desc) as position',
          ),
        )
        .from('runs')
        .where({ state: 'succeeded' }),
    )
    .select(...JOB, 'started_at', 'finished_at')
    .from('ranked')
    .where('position', '<=', USUAL_DURATION_RUNS)
    .orderBy('position');
}

/** The order of the databases for times and ids, which are ASCII. */
function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** {@link RunStore.facts}: newest run, newest success and usual duration of every job in the history. */
export async function queryFacts(client: Knex): Promise<JobFacts[]> {
  const runs = await newestRuns(client);
  const successes = await newestSuccesses(client);
  const successesByJob = new Map<string, Success[]>();
  for (const row of successes) {
    const known = successesByJob.get(keyOf(row));
    if (known) {
      known.push(row);
    } else {
      successesByJob.set(keyOf(row), [row]);
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
