import type {
  Backup,
  BackupConcernType,
  BackupFreshness,
} from '@akko/backstage-plugin-akko-common';

/** Labels of everything that is measured of a backup. They are names that somebody may see who may scrape, and nothing else. */
export interface BackupAttributes {
  [name: string]: string;
  cluster: string;
  namespace: string;
  release: string;
  backup: string;
}

/** Labels of what speaks against a backup. */
export interface ConcernAttributes extends BackupAttributes {
  concern: BackupConcernType;
}

/** Labels of how fresh a backup is. */
export interface StateAttributes extends BackupAttributes {
  state: BackupFreshness;
}

/** Labels of runs that ended. */
export interface RunAttributes extends BackupAttributes {
  /** A drill counts for the backup that it proves. */
  kind: 'backup' | 'drill';
  outcome: 'succeeded' | 'failed';
}

/** Labels of what is measured of a cluster. */
export interface ClusterAttributes {
  [name: string]: string;
  cluster: string;
}

/** A backup, as it is when metrics are read. */
export interface MeasuredBackup {
  attributes: BackupAttributes;
  backup: Backup;
  /** When that was, in milliseconds since 1970. */
  now: number;
}
