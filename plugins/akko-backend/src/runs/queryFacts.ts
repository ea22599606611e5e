import type { Knex } from 'knex';
import type { RunRow } from '../database/tables';
import { recordOfRow, runOfRecord, secondsBetween } from './runRows';
import type { JobFacts } from './types';
import { USUAL_DURATION_RUNS, usualDuration } from './usualDuration';

const JOB = ['cluster', 'namespace', 'release', 'name'] as const;

type Times = Pick<RunRow, (typeof JOB)[number] | 'started_at' | 'finished_at'>;

function keyOf(row: Pick<RunRow, (typeof JOB)[number]>): string {
  return JOB.map(column => row[column]).join('/');
}

/** The newest rows of each job: one statement for the whole fleet. */
function newestOfEachJob(
  client: Knex,
  columns: string[],
  newest: number,
  where: Partial<RunRow>,
): Knex.QueryBuilder {
  return client
    .with('ranked', query =>
      query
        .select(
          ...columns,
          client.raw(
            'row_number() over (partition by cluster, namespace, release, name order by created_at desc, id desc) as position',
          ),
        )
        .from('runs')
        .where(where),
    )
    .select(...columns)
    .from('ranked')
    .where('position', '<=', newest)
    .orderBy('position');
}

/** {@link RunStore.facts}: newest run, newest success and usual duration of every job in the history. */
export async function queryFacts(client: Knex): Promise<JobFacts[]> {
  const runs: RunRow[] = await client<RunRow>('runs').whereIn(
    'id',
    newestOfEachJob(client, ['id'], 1, {}).clearOrder(),
  );
  const successes: Times[] = await newestOfEachJob(
    client,
    [...JOB, 'started_at', 'finished_at'],
    USUAL_DURATION_RUNS,
    { state: 'succeeded' },
  );
  const successesByJob = new Map<string, Times[]>();
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
