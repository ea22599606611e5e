import {
  akkoJobRunPermission,
  type InstanceSummary,
} from '@akko/backstage-plugin-akko-common';
import { may } from '../permissions/may';

/** Whether some job of an instance failed, so that there is something to re-run. */
export function isRerunnable({ jobs }: InstanceSummary): boolean {
  return jobs.failed > 0;
}

/** Instances that have something to re-run. */
export interface Rerunnable {
  /** The viewer may. */
  able: InstanceSummary[];
  /** The viewer lacks the permission. */
  barred: InstanceSummary[];
}

/** Those of some instances that have something to re-run, by whether the viewer may. */
export function rerunnableOf(
  instances: readonly InstanceSummary[],
): Rerunnable {
  const able: InstanceSummary[] = [];
  const barred: InstanceSummary[] = [];
  for (const instance of instances.filter(isRerunnable)) {
    (may(instance, akkoJobRunPermission) ? able : barred).push(instance);
  }
  return { able, barred };
}
