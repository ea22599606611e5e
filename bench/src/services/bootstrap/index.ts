import type { Measurement } from '../../scenarios/types';
import { medianAndRange, sidesOf, sums, type Side } from '../rounds';
import type { ServicesBench } from '../ServicesBench';
import { bootstrapAdmin } from './bootstrapAdmin';
import { keycloakClients } from './keycloakClients';
import { minioInit } from './minioInit';
import { polarisInit } from './polarisInit';
import { postgresInit } from './postgresInit';
import type { BootstrapJob, Work } from './types';

const JOBS = [
  postgresInit,
  minioInit,
  polarisInit,
  keycloakClients,
  bootstrapAdmin,
];

/** Milliseconds of each round, of the run that finds nothing there and of the one after it. */
interface Times {
  first: number[];
  second: number[];
}

type Measured = Record<Side, Times>;

/** Times of a first and of a second bootstrap, job by job and together, beside the same work by the usual programs. */
export async function bootstrap(bench: ServicesBench): Promise<Measurement[]> {
  const measured = new Map<BootstrapJob, Measured>(
    JOBS.map(job => [job, { ours: noTimes(), peer: noTimes() }]),
  );
  for (let round = 0; round < bench.rounds; round++) {
    for (const [job, times] of measured) {
      await measureRound(bench, job, round, times);
    }
  }
  return [
    ...[...measured].flatMap(([job, times]) =>
      measurements(`${job.name}: ${job.what}`, job.peer, times),
    ),
    ...measurements(
      'all of them, one after the other',
      'psql, mc, curl, kcadm.sh',
      together([...measured.values()]),
    ),
  ];
}

async function measureRound(
  bench: ServicesBench,
  job: BootstrapJob,
  round: number,
  times: Measured,
): Promise<void> {
  const made: Partial<Record<Side, string>> = {};
  for (const side of sidesOf(round)) {
    const names = `${bench.prefix}r${round}${side}`;
    const work = await job.prepare(bench, names);
    const run = () =>
      side === 'ours' ? runOurs(bench, job, work) : runPeer(bench, job, work);
    const first = await run();
    const second = await run();
    if (first.created === 0 || second.created) {
      throw new Error(
        `${job.name} created ${first.created} at first, and then ${second.created}`,
      );
    }
    times[side].first.push(first.milliseconds);
    times[side].second.push(second.milliseconds);
    made[side] = (await work.observe()).replaceAll(names, '…');
  }
  if (made.ours !== made.peer) {
    throw new Error(
      `${job.name} and its peer did not make the same:\n${made.ours}\n${made.peer}`,
    );
  }
}

/** Objects that were made or changed are told only by our side. */
interface Ran {
  milliseconds: number;
  created?: number;
}

async function runOurs(
  { akkoInit }: ServicesBench,
  { name }: BootstrapJob,
  { ours }: Work,
): Promise<Ran> {
  const { milliseconds, report } = await akkoInit.run(
    [name],
    ours.config,
    ours.env,
  );
  const { created = 0, updated = 0 } = report.totals ?? {};
  return { milliseconds, created: created + updated };
}

async function runPeer(
  { processes }: ServicesBench,
  { script }: BootstrapJob,
  { peer }: Work,
): Promise<Ran> {
  const { milliseconds } = await processes.run('bash', [script], { env: peer });
  return { milliseconds };
}

function measurements(
  what: string,
  peer: string,
  { ours, peer: theirs }: Measured,
): Measurement[] {
  return (['first', 'second'] as const).flatMap(run =>
    [
      { subject: 'akko-init', times: ours },
      { subject: peer, times: theirs },
    ].map(({ subject, times }) => ({
      what: `${run} run of ${what}`,
      subject,
      value: medianAndRange(times[run]),
    })),
  );
}

function together(jobs: Measured[]): Measured {
  const sum = (side: Side): Times => ({
    first: sums(jobs.map(times => times[side].first)),
    second: sums(jobs.map(times => times[side].second)),
  });
  return { ours: sum('ours'), peer: sum('peer') };
}

function noTimes(): Times {
  return { first: [], second: [] };
}
