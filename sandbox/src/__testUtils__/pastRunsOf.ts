import { contentsOf } from '../demo';
import type { PastObjects } from '../history';

/** When the demo of the tests begins. */
export const now = Date.UTC(2026, 10, 23, 12);

/** Set by kubectl on what it makes of a CronJob. */
export const byHand = 'cronjob.kubernetes.io/instantiate';

function reportOf({ pods }: PastObjects): any {
  const { status } = pods[pods.length - 1].pod as any;
  const { message } = status.containerStatuses[0].state.terminated;
  return message && JSON.parse(message);
}

/** Runs of a backup or a drill in the past of the demo, oldest first. */
export function pastRunsOf(
  cluster: string,
  namespace: string,
  component: string,
) {
  return contentsOf(cluster, now)
    .past.filter(
      ({ job: { metadata } }) =>
        metadata.namespace === namespace &&
        metadata.labels['app.kubernetes.io/component'] === component,
    )
    .map(run => ({
      name: run.job.metadata.name,
      annotations: run.job.metadata.annotations ?? {},
      isGood: (run.job.status as any).succeeded === 1,
      end: (run.job.status as any).conditions[1].lastTransitionTime as string,
      report: reportOf(run),
      log: run.pods.flatMap(({ log }) => log.map(({ text }) => text)),
    }))
    .sort((a, b) => (a.end < b.end ? -1 : 1));
}

/** Of a list that has something. */
export const lastOf = <T>(list: T[]) => list[list.length - 1];
