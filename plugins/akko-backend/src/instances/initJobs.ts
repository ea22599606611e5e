import type {
  InitJob,
  InitJobState,
  Run,
} from '@akko/backstage-plugin-akko-common';
import type { JobFacts } from '../runs/types';
import { newestRun } from './newestRun';
import type { CataloguedJob, JobCatalogue } from './types';

/** What is known of the init jobs of an instance. */
export interface InitJobsInput {
  catalogue: JobCatalogue;
  /** Said of every job when the chart's catalogue cannot be read. */
  catalogueNote?: string;
  /** Runs of the Jobs on the cluster, the newest of each job. */
  live: ReadonlyMap<string, Run>;
  facts: ReadonlyMap<string, JobFacts>;
  /** The cluster was listed, so that what is not there does not exist. */
  synced: boolean;
}

interface StateAndNote {
  state: InitJobState;
  note?: string;
}

const DONE: readonly InitJobState[] = ['succeeded', 'expired', 'disabled'];
/** States that others visibly wait for. */
const HOLDS_UP: readonly InitJobState[] = ['pending', 'running', 'failed'];

function stateOfLive(run: Run): StateAndNote {
  return run.reason === 'Suspended'
    ? { state: 'pending', note: 'The Job is suspended on the cluster' }
    : { state: run.state };
}

/** A job without a Job on a listed cluster: the history knows. */
function stateWithoutJob(lastRun: Run): StateAndNote {
  switch (lastRun.state) {
    case 'succeeded':
      return { state: 'expired', note: 'Done, and cleaned up by Kubernetes' };
    case 'failed':
      return {
        state: 'failed',
        note: 'The failed Job is gone from the cluster; its log and result are kept here',
      };
    default:
      return {
        state: 'unknown',
        note: 'The Job was gone before its end was seen',
      };
  }
}

/** A cluster that never answered since the portal started: the last thing known of it. */
function stateUnseen(lastRun: Run | undefined): StateAndNote {
  if (lastRun?.state === 'succeeded') {
    return { state: lastRun.live ? 'succeeded' : 'expired' };
  }
  return lastRun?.state === 'failed'
    ? { state: 'failed' }
    : { state: 'unknown', note: 'The cluster is not reachable' };
}

/** Nobody has seen the instance yet: it was declared in the configuration, and its cluster has not answered so far. */
function isNothingKnown({ catalogue, facts, live, synced }: InitJobsInput) {
  return !catalogue.fromChart && !synced && facts.size === 0 && live.size === 0;
}

function ownState(
  job: CataloguedJob,
  input: InitJobsInput,
): StateAndNote | undefined {
  const live = input.live.get(job.name);
  const lastRun = newestRun(live, input.facts.get(job.name)?.lastRun);
  if (!job.enabled && live?.state !== 'running') {
    if (isNothingKnown(input)) {
      return stateUnseen(undefined);
    }
    return {
      state: 'disabled',
      note: input.catalogue.fromChart
        ? undefined
        : 'Not seen so far; this chart has no job catalogue, so it may be off or never have run',
    };
  }
  if (live && live.id === lastRun?.id) {
    return stateOfLive(live);
  }
  if (!input.synced) {
    return stateUnseen(lastRun);
  }
  return lastRun ? stateWithoutJob(lastRun) : undefined;
}

function normalised(checksum: string): string {
  return checksum.replace(/^sha256:/, '');
}

/** Whether the chart's configuration of a job differs from that of its last run; undefined where one of them is not known. */
export function changedSinceLastRun(
  job: CataloguedJob,
  lastRun: Run | undefined,
): boolean | undefined {
  return job.checksum && lastRun?.configChecksum
    ? normalised(job.checksum) !== normalised(lastRun.configChecksum)
    : undefined;
}

/**
 * What the next `helm upgrade` will do with a job as things are. Hooks run at each; a plain Job that is there is left alone, unless its
 * configuration is another by now, for then Kubernetes refuses the change; one that is not there is made.
 */
export function nextUpgrade(options: {
  enabled: boolean;
  useHelmHooks: boolean | undefined;
  isLive: boolean;
  changed: boolean | undefined;
}): InitJob['nextUpgrade'] {
  const { changed, enabled, isLive, useHelmHooks } = options;
  if (!enabled) {
    return 'off';
  }
  if (useHelmHooks === undefined) {
    return undefined;
  }
  if (useHelmHooks || !isLive) {
    return 'runs';
  }
  return changed ? 'refused' : 'stays';
}

function waitingNote(names: readonly string[]): string {
  const [last, ...others] = [...names].reverse();
  return others.length === 0
    ? `Waiting for ${last}`
    : `Waiting for ${others.reverse().join(', ')} and ${last}`;
}

/**
 * The init jobs of an instance in dependency order, with their state (architecture: state of an init job). A job that has neither a Job nor
 * a history is `pending` while one that it depends on holds it up, and `missing` otherwise.
 */
export function initJobs(input: InitJobsInput): InitJob[] {
  const states = new Map<string, InitJobState>();
  return input.catalogue.jobs.map(job => {
    const facts = input.facts.get(job.name);
    const live = input.live.get(job.name);
    const lastRun = newestRun(live, facts?.lastRun);
    const holdUps = job.dependsOn.filter(name =>
      HOLDS_UP.includes(states.get(name) ?? 'succeeded'),
    );
    const changed = changedSinceLastRun(job, lastRun);
    const own = ownState(job, input);
    const { state, note } = own ?? {
      state: holdUps.length > 0 ? ('pending' as const) : ('missing' as const),
    };
    states.set(job.name, state);
    const waitingFor =
      state === 'pending' && holdUps.length > 0 ? holdUps : undefined;
    const failedBefore = job.dependsOn.filter(
      name => state === 'failed' && states.get(name) === 'failed',
    );
    return {
      name: job.name,
      title: job.title,
      state,
      enabled: job.enabled,
      dependsOn: job.dependsOn,
      waitingFor,
      jobName: live?.jobName ?? lastRun?.jobName,
      lastRun,
      lastSuccessAt:
        lastRun?.state === 'succeeded'
          ? lastRun.finishedAt
          : facts?.lastSuccessAt,
      usualDurationSeconds: facts?.usualDurationSeconds,
      changedSinceLastRun: changed,
      nextUpgrade: input.synced
        ? nextUpgrade({
            enabled: job.enabled,
            useHelmHooks: input.catalogue.useHelmHooks,
            isLive: live !== undefined,
            changed,
          })
        : undefined,
      runnable:
        // Manifests are not kept for clusters without contact, and read last: a fleet has thousands of them.
        job.enabled &&
        Boolean(live || facts || (input.synced ? job.manifest : job.checksum)),
      simulated: job.simulated,
      note:
        note ??
        (waitingFor && waitingNote(waitingFor)) ??
        (failedBefore.length > 0
          ? `${failedBefore.join(', ')}, which it needs, failed too`
          : input.catalogueNote),
    };
  });
}

/** Whether nothing is left to do for a job. */
export function isDone(state: InitJobState): boolean {
  return DONE.includes(state);
}
