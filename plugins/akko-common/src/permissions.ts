import { createPermission } from '@backstage/plugin-permission-common';

/** See clusters, instances, runs, operations. @public */
export const akkoInstanceReadPermission = createPermission({
  name: 'akko.instance.read',
  attributes: { action: 'read' },
});

/** Read logs and manifests of runs. @public */
export const akkoLogReadPermission = createPermission({
  name: 'akko.log.read',
  attributes: { action: 'read' },
});

/** Ask for a bootstrap or a re-run of init jobs. @public */
export const akkoJobRunPermission = createPermission({
  name: 'akko.job.run',
  attributes: { action: 'update' },
});

/** Take a backup now. @public */
export const akkoBackupRunPermission = createPermission({
  name: 'akko.backup.run',
  attributes: { action: 'update' },
});

/** Suspend and resume the schedule of a backup. @public */
export const akkoBackupChangePermission = createPermission({
  name: 'akko.backup.change',
  attributes: { action: 'update' },
});

/** Run a restore drill. @public */
export const akkoDrillRunPermission = createPermission({
  name: 'akko.drill.run',
  attributes: { action: 'update' },
});

/** All permissions of the plugin. @public */
export const akkoPermissions = [
  akkoInstanceReadPermission,
  akkoLogReadPermission,
  akkoJobRunPermission,
  akkoBackupRunPermission,
  akkoBackupChangePermission,
  akkoDrillRunPermission,
];
