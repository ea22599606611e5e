import type { RunState, Upgrade } from '@akko/backstage-plugin-akko-common';

/** A run of an init job that Helm caused, as far as its upgrade is concerned. Times are ISO 8601 in UTC. */
export interface HelmRun {
  id: string;
  name: string;
  state: RunState;
  /** Helm revision, where it is known. */
  revision?: number;
  createdAt: string;
  finishedAt?: string;
}

/** The runs of one install or upgrade, oldest first; a job may have several. */
export interface UpgradeRuns {
  revision?: number;
  runs: HelmRun[];
}

const MINUTE_MS = 60_000;
/**
 * Runs of one revision are one upgrade if no more than this lies between one's creation and the next's, in milliseconds: a Job that somebody
 * makes again from Helm's manifest belongs to its upgrade, a revision of the same number weeks later does not.
 */
export const UPGRADE_REACH_MS = 24 * 60 * MINUTE_MS;
/** Helm makes Jobs at once, or as hooks one after the other: the next when the one before has ended. A pause longer than this is no hook's. */
const PAUSE_MS = 10 * MINUTE_MS;
/** No hook is waited for longer than this. */
const LONGEST_RUN_MS = 60 * MINUTE_MS;

/** An upgrade that may still grow, with what is asked of it for each run. Times are in milliseconds. */
interface OpenUpgrade extends UpgradeRuns {
  lastAt: number;
  /** Until when a run of another job follows closely. */
  until: number;
}

/** Until when Helm may make the Job after this one. */
function patienceFor({ createdAt, finishedAt, state }: HelmRun): number {
  const start = Date.parse(createdAt);
  const longest = start + LONGEST_RUN_MS;
  const isOver = state !== 'pending' && state !== 'running';
  const end = isOver ? Date.parse(finishedAt ?? createdAt) : longest;
  return Math.min(end, longest) + PAUSE_MS;
}

/** Revisions only count up, so one above 1 is one upgrade; it could only come again after a new install. */
function isSameRevision(upgrade: OpenUpgrade, { revision }: HelmRun): boolean {
  return (
    revision !== undefined && revision > 1 && revision === upgrade.revision
  );
}

/** Where the revision does not tell, a job that runs again is another upgrade. */
function isBeside(upgrade: OpenUpgrade, run: HelmRun, at: number): boolean {
  const { revision, runs, until } = upgrade;
  const mayBeOne =
    revision === undefined ||
    run.revision === undefined ||
    revision === run.revision;
  return mayBeOne && at <= until && runs.every(({ name }) => name !== run.name);
}

/**
 * Tells which runs are of one install or upgrade by Helm.
 *
 * - Runs of one revision above 1 are one upgrade, also where a job ran again, unless a day lies between them.
 * - Revision 1 comes again with every new install, and always with tools that only render the chart, such as Argo CD; other charts tell no
 *   revision at all. Such runs are one upgrade while they follow each other closely and no job runs again.
 * - A run whose revision is not known joins an upgrade whose revision is, by the same rule.
 *
 * @param oldestFirst - by creation. An upgrade is told in full where more than {@link UPGRADE_REACH_MS} lie between the oldest run and its
 *   first one
 * @returns newest first
 */
export function groupByUpgrade(oldestFirst: readonly HelmRun[]): UpgradeRuns[] {
  const upgrades: UpgradeRuns[] = [];
  // The one that grew last is last.
  let open: OpenUpgrade[] = [];
  for (const run of oldestFirst) {
    const at = Date.parse(run.createdAt);
    open = open.filter(({ lastAt }) => at - lastAt <= UPGRADE_REACH_MS);
    const found =
      open.findLast(one => isSameRevision(one, run)) ??
      open.findLast(one => isBeside(one, run, at));
    const isNewInstall = run.revision === 1 && found?.revision !== 1;
    const upgrade = found ?? { runs: [], lastAt: at, until: at };
    upgrade.revision ??= run.revision;
    upgrade.runs.push(run);
    upgrade.lastAt = at;
    upgrade.until = Math.max(upgrade.until, patienceFor(run));
    if (!found) {
      upgrades.push(upgrade);
    }
    // What comes with a higher revision after a new install is not of the one before.
    open = isNewInstall ? [] : open.filter(one => one !== upgrade);
    open.push(upgrade);
  }
  return upgrades.reverse();
}

/** What an upgrade came to: the newest run of each job counts. */
export function upgradeOf({ revision, runs }: UpgradeRuns): Upgrade {
  const newest = [...new Map(runs.map(run => [run.name, run])).values()];
  const ends = newest.flatMap(({ finishedAt }) => finishedAt ?? []);
  const state = stateOf(newest);
  return {
    id: runs[0].id,
    revision,
    startedAt: runs[0].createdAt,
    finishedAt:
      state !== 'running' && ends.length === newest.length
        ? ends.sort().at(-1)
        : undefined,
    state,
    runs: newest.map(({ id, name, state: ofRun }) => ({
      id,
      name,
      state: ofRun,
    })),
  };
}

function stateOf(runs: readonly HelmRun[]): Upgrade['state'] {
  const has = (...states: RunState[]) =>
    runs.some(({ state }) => states.includes(state));
  if (has('pending', 'running')) {
    return 'running';
  }
  if (has('failed')) {
    return 'failed';
  }
  return has('unknown') ? 'unknown' : 'succeeded';
}
