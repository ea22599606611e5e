import type { components } from './generated/schema';

type Schemas = components['schemas'];

/** A Kubernetes API that the portal watches, and its contact. @public */
export type Cluster = Schemas['Cluster'];
/** State of one init job; see {@link INIT_JOB_STATES}. @public */
export type InitJobState = Schemas['InitJobState'];
/** Health of an instance; see {@link INSTANCE_HEALTHS}. @public */
export type InstanceHealth = Schemas['InstanceHealth'];
/** All clusters. @public */
export type ClusterList = Schemas['ClusterList'];
/** How fresh a backup is against its schedule. @public */
export type BackupFreshness = Schemas['BackupFreshness'];
/** Number of init jobs per state. @public */
export type JobCounts = Schemas['JobCounts'];
/** Backups of an instance in one line. @public */
export type BackupCounts = Schemas['BackupCounts'];
/** One init job in the row of segments. @public */
export type JobSegment = Schemas['JobSegment'];
/** The most telling error of a failed run. @public */
export type Failure = Schemas['Failure'];
/** How bad a finding is. @public */
export type FindingSeverity = Schemas['FindingSeverity'];
/** A diagnosed problem, with its times. @public */
export type Finding = Schemas['Finding'];
/** The first finding of an instance, in one line. @public */
export type FindingSummary = Schemas['FindingSummary'];
/** A finding of one of several instances. @public */
export type FleetFinding = Schemas['FleetFinding'];
/** Findings of several instances that have the same cause. @public */
export type FindingGroup = Schemas['FindingGroup'];
/** A page of findings. @public */
export type FindingList = Schemas['FindingList'];
/** What the fleet page shows of an instance. @public */
export type InstanceSummary = Schemas['InstanceSummary'];
/** One instance with its jobs and backups. @public */
export type Instance = Schemas['Instance'];
/** A page of instances. @public */
export type InstanceList = Schemas['InstanceList'];
/** Number of instances per health. @public */
export type HealthTotals = Schemas['HealthTotals'];
/** One bootstrap Job of the chart and what is known of it. @public */
export type InitJob = Schemas['InitJob'];
/** One backup CronJob of the chart. @public */
export type Backup = Schemas['Backup'];
/** Something that speaks against relying on a backup. @public */
export type BackupConcern = Schemas['BackupConcern'];
/** Kind of concern. @public */
export type BackupConcernType = Schemas['BackupConcernType'];
/** Since when and why nothing runs on schedule. @public */
export type BackupPause = Schemas['BackupPause'];
/** What is expected of a backup. @public */
export type BackupTarget = Schemas['BackupTarget'];
/** The job that restores the newest backup and compares. @public */
export type BackupDrill = Schemas['BackupDrill'];
/** How far it is proven that a backup can be used; see {@link VERIFICATION_LEVELS}. @public */
export type VerificationLevel = Schemas['VerificationLevel'];
/** What began a run of a backup. @public */
export type BackupOrigin = Schemas['BackupOrigin'];
/** One run of a backup in the ledger. @public */
export type BackupEntry = Schemas['BackupEntry'];
/** A time in which the portal did not watch. @public */
export type BackupGap = Schemas['BackupGap'];
/** A page of the ledger. @public */
export type BackupEntryList = Schemas['BackupEntryList'];
/** One day of a backup. @public */
export type BackupDay = Schemas['BackupDay'];
/** Days of a backup. @public */
export type BackupCalendar = Schemas['BackupCalendar'];
/** One run in the chart of a backup. @public */
export type BackupPoint = Schemas['BackupPoint'];
/** Size and duration of a backup over time. @public */
export type BackupChart = Schemas['BackupChart'];
/** A backup of one of several instances. @public */
export type FleetBackup = Schemas['FleetBackup'];
/** A page of backups over the fleet. @public */
export type FleetBackupList = Schemas['FleetBackupList'];
/** Who or what made a run happen. @public */
export type Trigger = Schemas['Trigger'];
/** Kind of trigger. @public */
export type TriggerType = Schemas['TriggerType'];
/** State of a run. @public */
export type RunState = Schemas['RunState'];
/** One pod (or one container restart) of a run. @public */
export type Attempt = Schemas['Attempt'];
/** The JSON that a job leaves in its termination message. @public */
export type Report = Schemas['Report'];
/** One thing that a job found or made. @public */
export type ReportChange = Schemas['ReportChange'];
/** What a backup or a restore drill adds to its report. @public */
export type ReportBackup = Schemas['ReportBackup'];
/** One execution of an init job or a backup. @public */
export type Run = Schemas['Run'];
/** A run with its events and neighbours. @public */
export type RunDetail = Schemas['RunDetail'];
/** A Kubernetes event about a run. @public */
export type RunEvent = Schemas['RunEvent'];
/** A page of runs. @public */
export type RunList = Schemas['RunList'];
/** An install or upgrade by Helm, as the init jobs that it ran. @public */
export type Upgrade = Schemas['Upgrade'];
/** The newest run of one init job in an upgrade. @public */
export type UpgradeRun = Schemas['UpgradeRun'];
/** A page of upgrades. @public */
export type UpgradeList = Schemas['UpgradeList'];
/** Something that somebody asked the portal to do. @public */
export type Operation = Schemas['Operation'];
/** What can be asked for. @public */
export type OperationAction = Schemas['OperationAction'];
/** State of an operation. @public */
export type OperationState = Schemas['OperationState'];
/** The door through which an operation came. @public */
export type OperationVia = Schemas['OperationVia'];
/** One job of an operation. @public */
export type OperationStep = Schemas['OperationStep'];
/** Body of a request for an operation. @public */
export type OperationRequest = Schemas['OperationRequest'];
/** What an operation would do. @public */
export type OperationPlan = Schemas['OperationPlan'];
/** A page of operations. @public */
export type OperationList = Schemas['OperationList'];
/** Body of every error. @public */
export type ErrorResponse = Schemas['ErrorResponse'];

/** Kinds of run. @public */
export type RunKind = Run['kind'];
/** Why an operation failed. @public */
export type OperationError = Schemas['OperationError'];
/** One job of a plan. @public */
export type PlannedStep = Schemas['PlannedStep'];
