import type {
  InitJob,
  Instance,
  Run,
} from '@akko/backstage-plugin-akko-common';
import { progressLine } from '../operations/outcomes';
import type { Phase } from '../task/AkkoStep';

/** Between two looks, in milliseconds. */
const BETWEEN_LOOKS = 5000;
/** So many looks in a row must find nothing running: between two of Helm's hooks there is a moment in which nothing does. */
const QUIET_LOOKS = 2;

/** An instance whose init jobs have come to rest. */
export interface RestingInstance {
  instance: Instance;
  /** Whether a job was run by what was waited for. */
  wasRun: (job: string) => boolean;
}

/** Init jobs that are running by themselves, as after a `helm upgrade`. A suspended one stands still until somebody resumes it. */
export function runningJobs({ jobs }: Instance): InitJob[] {
  return jobs.filter(
    ({ lastRun, state }) =>
      (state === 'running' || state === 'pending') &&
      isGoingOn(lastRun) &&
      lastRun?.reason !== 'Suspended',
  );
}

/**
 * Waits until no init job runs, and writes a line into the task's log whenever one changes.
 * @param first - the instance as it was when the wait began
 * @param isFresh - Helm is installing it, so that all its runs belong together
 */
export async function waitForRest(
  { api, clock, logger, signal }: Phase,
  first: Instance,
  isFresh: boolean,
): Promise<RestingInstance> {
  const before = new Map(
    first.jobs.map(({ name, lastRun }) => [name, lastRun]),
  );
  const revisions = new Set(
    runningJobs(first).map(({ lastRun }) => lastRun?.trigger.revision),
  );
  const told = new Map<string, string>();
  let instance = first;
  for (let quiet = 0; ; ) {
    for (const { name, lastRun } of instance.jobs) {
      const old = before.get(name);
      const isNews =
        lastRun &&
        (isFresh || lastRun.id !== old?.id || isGoingOn(old)) &&
        told.get(name) !== lastRun.id + lastRun.state;
      if (isNews) {
        told.set(name, lastRun.id + lastRun.state);
        const line = progressLine({
          job: name,
          state: lastRun.state,
          run: lastRun,
        });
        if (line) {
          logger.info(line);
        }
      }
    }
    quiet = runningJobs(instance).length > 0 ? 0 : quiet + 1;
    if (quiet === QUIET_LOOKS) {
      break;
    }
    await clock.sleep(BETWEEN_LOOKS, signal);
    instance = await api.instance(first.ref);
  }
  const after = new Map(
    instance.jobs.map(({ name, lastRun }) => [name, lastRun]),
  );
  return {
    instance,
    wasRun: job => {
      const run = after.get(job);
      if (!run || isGoingOn(run)) {
        return false;
      }
      const old = before.get(job);
      const { revision, type } = run.trigger;
      return (
        isFresh ||
        run.id !== old?.id ||
        isGoingOn(old) ||
        // Of the same upgrade, and done before the wait began.
        (type === 'helm' && revision !== undefined && revisions.has(revision))
      );
    },
  };
}

function isGoingOn(run: Run | undefined): boolean {
  return run?.state === 'running' || run?.state === 'pending';
}
