import type { Run } from '@akko/backstage-plugin-akko-common';

/**
 * The run that says how a job stands: that of the newest Job on the cluster, or a newer one that the history remembers, whose Job is gone.
 * One that still runs counts in any case.
 */
export function newestRun(
  live: Run | undefined,
  remembered: Run | undefined,
): Run | undefined {
  if (!live || !remembered || live.id === remembered.id) {
    return live ?? remembered;
  }
  const isActive = live.state === 'running' || live.state === 'pending';
  return isActive || live.createdAt >= remembered.createdAt ? live : remembered;
}
