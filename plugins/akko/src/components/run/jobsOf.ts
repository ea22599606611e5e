import type { Instance } from '@akko/backstage-plugin-akko-common';

/** All that runs on an instance: init jobs, backups, and the drills that prove those. */
export function jobsOf({ backups, jobs }: Instance) {
  return [
    ...jobs,
    ...backups,
    // A drill does as its backup does.
    ...backups.flatMap(({ drill, simulated }) =>
      drill ? [{ ...drill, simulated }] : [],
    ),
  ];
}
