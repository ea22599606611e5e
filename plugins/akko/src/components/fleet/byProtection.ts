import {
  BACKUP_FRESHNESSES,
  type InstanceSummary,
} from '@akko/backstage-plugin-akko-common';

/** Without any backup an instance is worse off than with those that are fresh, and better than with one that is believed in and fails. */
const WITHOUT = BACKUP_FRESHNESSES.indexOf('fresh') - 0.5;

/** Least protected by backups first; of those that are as bad, the one whose last verified backup is oldest, or that has none. */
export function byProtection(
  { backups: a }: Pick<InstanceSummary, 'backups'>,
  { backups: b }: Pick<InstanceSummary, 'backups'>,
): number {
  return rankOf(a) - rankOf(b) || verifiedAt(a) - verifiedAt(b);
}

function rankOf({ worst }: InstanceSummary['backups']): number {
  return worst === undefined ? WITHOUT : BACKUP_FRESHNESSES.indexOf(worst);
}

function verifiedAt({ lastVerifiedAt }: InstanceSummary['backups']): number {
  return lastVerifiedAt ? Date.parse(lastVerifiedAt) : 0;
}
