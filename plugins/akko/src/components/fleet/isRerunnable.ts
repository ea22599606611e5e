import type { InstanceSummary } from '@akko/backstage-plugin-akko-common';

/** Whether some job of an instance failed, so that there is something to re-run. */
export function isRerunnable({ jobs }: InstanceSummary): boolean {
  return jobs.failed > 0;
}
