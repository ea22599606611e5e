import {
  stringifyInstanceRef,
  type InstanceRef,
  type OperationPlan,
  type OperationRequest,
} from '@akko/backstage-plugin-akko-common';
import type { V1Job } from '@kubernetes/client-node';
import type { Clock } from '../clusters/clock';
import type { Fleet, FleetCluster } from '../clusters/types';
import { AkkoError } from '../errors';
import type { InstanceService, JobCatalogue } from '../instances/types';
import { runStateOfJob } from '../runs/runStateOfJob';
import type { RunStore } from '../runs/types';
import { buildManifest, type ManifestMarks } from './buildManifest';
import { planBackupOperation } from './planBackupOperation';
import { planWaves, type PlacedJob } from './planWaves';
import type { StepPhase } from './steps';

/** Where plans come from: mirrors and history, no call to a cluster. */
export interface PlanSources {
  fleet: Fleet;
  instances: InstanceService;
  runs: RunStore;
  clock: Pick<Clock, 'now'>;
}

/** One step of a plan, and what it will send to Kubernetes. */
export interface PlannedStep extends PlacedJob {
  source: OperationPlan['steps'][number]['source'];
  /** A live Job is archived and deleted first. */
  replaces: boolean;
  /** Where it begins. */
  phase: StepPhase;
  /** Name of the Job, or of the CronJob that is changed. */
  jobName(operation: string): string;
  /** What is created, or what is changed of the CronJob. @throws AkkoError `job-not-ours` */
  preview(marks: ManifestMarks): object;
}

/** What an operation will do. */
export interface Plan {
  steps: PlannedStep[];
  warnings: string[];
  /** What happens next. */
  notes?: string[];
}

/** A job and the Job that it is made from. */
interface FoundManifest {
  source: 'live' | 'catalogue' | 'history';
  from: V1Job;
}

/**
 * Decides which jobs an operation runs, in which order and from which manifests.
 * @throws AkkoError `unknown-cluster`, `unknown-instance`, `unknown-job`, `unknown-backup`, `already-running`, `nothing-to-do`, `not-runnable`, `cluster-unreachable`, `cluster-refused`
 */
export async function planOperation(
  sources: PlanSources,
  ref: InstanceRef,
  request: OperationRequest,
): Promise<Plan> {
  assertReachable(sources.fleet, ref);
  const catalogue = await sources.instances.catalogue(ref);
  if (!catalogue) {
    throw unknownInstance(ref);
  }
  if (request.action !== 'bootstrap' && request.action !== 'rerun') {
    return planBackupOperation(sources, ref, request);
  }
  const selected = await selectJobs(sources, ref, catalogue, request);
  const jobs: (PlacedJob & FoundManifest)[] = [];
  for (const placed of planWaves(catalogue.jobs, selected)) {
    jobs.push({
      ...placed,
      ...(await findManifest(sources, ref, catalogue, placed.name)),
    });
  }
  return {
    warnings: warningsOf(jobs),
    steps: jobs.map(({ from, source, ...placed }) => ({
      ...placed,
      source,
      replaces: source === 'live',
      phase: 'waiting',
      jobName: () => from.metadata!.name!,
      preview: marks => buildManifest(from, ref.namespace, marks),
    })),
  };
}

/** @throws AkkoError `unknown-cluster`, or the cluster's own trouble */
export function assertReachable(fleet: Fleet, ref: InstanceRef): FleetCluster {
  const cluster = fleet.cluster(ref.cluster);
  if (!cluster) {
    throw new AkkoError(
      'unknown-cluster',
      `There is no cluster '${ref.cluster}' in the configuration (akko.clusters).`,
    );
  }
  const { reachable, error, staleSince } = cluster.state();
  if (!reachable) {
    const since = staleSince ? ` since ${staleSince}` : '';
    throw new AkkoError(
      error?.code ?? 'cluster-unreachable',
      `Cluster '${ref.cluster}' is not in contact${since}: ${
        error?.message ?? 'it was not reached yet'
      }. Nothing was changed; try again when it answers.`,
    );
  }
  return cluster;
}

/** The error for an instance that is not there. */
export function unknownInstance(ref: InstanceRef): AkkoError {
  return new AkkoError(
    'unknown-instance',
    `There is no AKKO instance '${stringifyInstanceRef(
      ref,
    )}'. GET /instances lists those that are known.`,
  );
}

/**
 * Finds the Job that a job's next run is made from: the live one, else the chart's, else the history's.
 * @throws AkkoError `not-runnable` when there is none
 */
export async function findManifest(
  { instances, runs }: PlanSources,
  ref: InstanceRef,
  catalogue: JobCatalogue,
  job: string,
): Promise<FoundManifest> {
  const live = instances.liveJob(ref, job);
  if (live) {
    return { source: 'live', from: live };
  }
  const charted = catalogue.jobs.find(({ name }) => name === job)?.manifest;
  if (charted) {
    return { source: 'catalogue', from: charted };
  }
  const remembered = await runs.lastManifest(ref, job);
  if (remembered) {
    return { source: 'history', from: remembered };
  }
  throw new AkkoError(
    'not-runnable',
    `Job '${job}' has no Job on the cluster, none in the history, and in the chart's job catalogue none that is a Job of namespace '${ref.namespace}', so there is nothing to create it from. Run helm upgrade once.`,
  );
}

async function selectJobs(
  { instances }: PlanSources,
  ref: InstanceRef,
  catalogue: JobCatalogue,
  { action, jobs }: OperationRequest,
): Promise<Set<string>> {
  const enabled = catalogue.jobs.filter(job => job.enabled);
  if (action === 'bootstrap' || jobs === 'all') {
    return something(
      enabled.map(({ name }) => name),
      'all init jobs are off in the chart',
    );
  }
  if (jobs === 'failed') {
    const instance = await instances.get(ref);
    // One whose end nobody saw may have failed.
    const failed = instance?.jobs.filter(
      ({ lastRun, state }) =>
        state === 'failed' ||
        (state === 'unknown' && lastRun?.state === 'unknown'),
    );
    return something(failed?.map(({ name }) => name) ?? [], 'no job failed');
  }
  for (const name of jobs ?? []) {
    assertRunnable(catalogue, name);
  }
  return something([...(jobs ?? [])], 'no job was named');
}

function assertRunnable(catalogue: JobCatalogue, name: string): void {
  const job = catalogue.jobs.find(other => other.name === name);
  if (!job) {
    throw new AkkoError(
      'unknown-job',
      `There is no init job '${name}'. This instance has: ${catalogue.jobs
        .map(other => other.name)
        .join(', ')}.`,
    );
  }
  if (!job.enabled) {
    throw new AkkoError(
      'not-runnable',
      `Job '${name}' is off in the chart. Enable it in the values and run helm upgrade.`,
    );
  }
}

function something(names: string[], why: string): Set<string> {
  if (names.length === 0) {
    throw new AkkoError('nothing-to-do', `There is nothing to run: ${why}.`);
  }
  return new Set(names);
}

function warningsOf(jobs: readonly (PlacedJob & FoundManifest)[]): string[] {
  return jobs.flatMap(({ name, source, from }) => {
    if (source === 'live') {
      const { state } = runStateOfJob(from);
      return state === 'running' || state === 'pending'
        ? [`${name} has not ended yet; it is stopped and started again.`]
        : [];
    }
    return source === 'history'
      ? [
          `${name} has no Job at present and none in the chart's catalogue; it is created as it last ran.`,
        ]
      : [];
  });
}
