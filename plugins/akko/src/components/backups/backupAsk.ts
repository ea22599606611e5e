import {
  akkoBackupChangePermission,
  akkoBackupRunPermission,
  akkoDrillRunPermission,
  type Instance,
} from '@akko/backstage-plugin-akko-common';

/** What can be asked for of a backup. */
export type BackupAction = 'backup' | 'drill' | 'suspend' | 'resume';

/** Something that somebody wants to be done with a backup, before it is confirmed. */
export interface BackupAsk {
  action: BackupAction;
  /** Name of the backup. */
  backup: string;
}

/** What each action needs. */
export const ACTION_PERMISSIONS = {
  backup: akkoBackupRunPermission,
  drill: akkoDrillRunPermission,
  suspend: akkoBackupChangePermission,
  resume: akkoBackupChangePermission,
} as const;

/** Whether the same is being done with the same backup. Whether something else speaks against it, the API says. */
export function isActive(
  { activeOperations }: Pick<Instance, 'activeOperations'>,
  { action, backup }: BackupAsk,
): boolean {
  return activeOperations.some(
    operation => operation.action === action && operation.backup === backup,
  );
}
