/** Annotation of catalog entities: ref of the AKKO instance, `cluster/namespace/release`. @public */
export const ANNOTATION_INSTANCE = 'akko.io/instance';
/** Annotation of Jobs made by the portal: entity ref of the actor. @public */
export const ANNOTATION_TRIGGERED_BY = 'akko.io/triggered-by';
/** Annotation of Jobs made by the portal: the reason that the actor gave. @public */
export const ANNOTATION_REASON = 'akko.io/reason';
/** Annotation of Jobs and CronJobs: SHA-256 of the rendered pod template without this annotation. @public */
export const ANNOTATION_CONFIG_CHECKSUM = 'akko.io/config-checksum';
/** Annotation of Jobs: the Helm revision that created them. @public */
export const ANNOTATION_REVISION = 'akko.io/revision';
/** Annotation of CronJobs that the portal paused: entity ref of the actor. @public */
export const ANNOTATION_PAUSED_BY = 'akko.io/paused-by';
/** Annotation of CronJobs that the portal paused: when, RFC 3339. @public */
export const ANNOTATION_PAUSED_AT = 'akko.io/paused-at';
/** Annotation of CronJobs that the portal paused: the reason that the actor gave. @public */
export const ANNOTATION_PAUSED_REASON = 'akko.io/paused-reason';
/** Label of Jobs made by the portal: operation id. @public */
export const LABEL_OPERATION = 'akko.io/operation';
/** Label of an instance's job catalogue: name of the group that it belongs to; see {@link LABEL_SYSTEM}. @public */
export const LABEL_OWNER = 'akko.io/owner';
/** Label of an instance's job catalogue: name of the system of the catalog that it is part of. @public */
export const LABEL_SYSTEM = 'akko.io/system';
/** Label of the ConfigMaps that hold the job catalogue. @public */
export const LABEL_JOB_CATALOGUE = 'akko.io/job-catalogue';
/** Schema id of a job's report. @public */
export const REPORT_SCHEMA = 'akko.io/report/v1';
/** Schema id of the job catalogue. @public */
export const JOB_CATALOGUE_SCHEMA = 'akko.io/job-catalogue/v1';
/** Channel of Backstage signals; messages are {@link AkkoSignal}. @public */
export const SIGNAL_CHANNEL = 'akko';
/** Value of `app.kubernetes.io/part-of` on every object of the sub-chart's Jobs. @public */
export const PART_OF = 'akko';

/** Health values, worst first. @public */
export const INSTANCE_HEALTHS = [
  'failed',
  'degraded',
  'progressing',
  'healthy',
  'unknown',
] as const;

/** Severities of findings, worst first. @public */
export const FINDING_SEVERITIES = ['error', 'warning', 'info'] as const;

/** Levels of verification, weakest first. @public */
export const VERIFICATION_LEVELS = [
  'none',
  'checksum',
  'readable',
  'restored',
] as const;

/** What speaks against relying on a backup, worst first. @public */
export const BACKUP_CONCERNS = [
  'failing',
  'late',
  'over-target',
  'schedule-invalid',
  'never',
  'paused-too-long',
  'manual-only',
  'drill-failed',
  'shrunk',
  'grown',
  'unverified',
] as const;

/** Freshness values of backups, worst first: concerns, then where a backup is of which there is none. @public */
export const BACKUP_FRESHNESSES = [
  ...BACKUP_CONCERNS,
  'unknown',
  'paused',
  'due',
  'running',
  'fresh',
  'disabled',
] as const;

/**
 * What the portal broadcasts when something changed. Ids only: signals are not filtered by permission, so whoever hears one asks the API,
 * which is.
 * @public
 */
export type AkkoSignal =
  | { type: 'instance-changed'; instance: string }
  | { type: 'run-changed'; instance: string; run: string }
  | { type: 'operation-changed'; instance: string; operation: string }
  | { type: 'cluster-changed'; cluster: string }
  /** So much changed at once that it is not told one by one. */
  | { type: 'fleet-changed' };
