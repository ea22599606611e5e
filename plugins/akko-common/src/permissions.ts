import { createPermission } from '@backstage/plugin-permission-common';

/** Type of the resource that every permission of the plugin is about: an AKKO instance, by its ref. @public */
export const RESOURCE_TYPE_INSTANCE = 'akko-instance';

/** See an instance with its cluster, jobs, runs, backups, findings and operations. @public */
export const akkoInstanceReadPermission = createPermission({
  name: 'akko.instance.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_INSTANCE,
});

/** Read logs and manifests of runs. @public */
export const akkoLogReadPermission = createPermission({
  name: 'akko.log.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_INSTANCE,
});

/** Ask for a bootstrap or a re-run of init jobs. @public */
export const akkoJobRunPermission = createPermission({
  name: 'akko.job.run',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_INSTANCE,
});

/** Take a backup now. @public */
export const akkoBackupRunPermission = createPermission({
  name: 'akko.backup.run',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_INSTANCE,
});

/** Suspend and resume the schedule of a backup. @public */
export const akkoBackupChangePermission = createPermission({
  name: 'akko.backup.change',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_INSTANCE,
});

/** Run a restore drill. @public */
export const akkoDrillRunPermission = createPermission({
  name: 'akko.drill.run',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_INSTANCE,
});

/** One of {@link akkoPermissions}. @public */
export type AkkoPermission = typeof akkoInstanceReadPermission;

/** All permissions of the plugin. @public */
export const akkoPermissions: AkkoPermission[] = [
  akkoInstanceReadPermission,
  akkoLogReadPermission,
  akkoJobRunPermission,
  akkoBackupRunPermission,
  akkoBackupChangePermission,
  akkoDrillRunPermission,
];
