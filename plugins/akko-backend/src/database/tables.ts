/** Row of `runs`. Times are ISO 8601 text; JSON columns are text. */
export interface RunRow {
  id: string;
  cluster: string;
  uid: string;
  namespace: string;
  release: string;
  name: string;
  kind: string;
  job_name: string;
  state: string;
  trigger: string;
  /** `type` and `revision` of the trigger, to find runs by; null where a replica of an older version wrote the row. */
  trigger_type: string | null;
  revision: number | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  reason: string | null;
  message: string | null;
  error_line: string | null;
  exit_code: number | null;
  config_checksum: string | null;
  image: string | null;
  attempts: string;
  report: string | null;
  events: string;
  /** SQLite answers 0 or 1. */
  live: boolean | number;
  updated_at: string;
}

/** Row of `run_logs`. */
export interface RunLogRow {
  run_id: string;
  attempt: number;
  /** gzip of UTF-8 text. */
  content: Buffer;
  /** PostgreSQL answers bigint as text. */
  cut_bytes: number | string | null;
}

/** Row of `run_manifests`. */
export interface RunManifestRow {
  run_id: string;
  /** gzip of JSON. */
  content: Buffer;
}

/** Row of `instance_snapshots`. */
export interface InstanceSnapshotRow {
  cluster: string;
  namespace: string;
  release: string;
  /** JSON of a job catalogue without manifests. */
  catalogue: string;
  seen_at: string;
}

/** Row of `findings`. */
export interface FindingRow {
  id: string;
  instance: string;
  /** Instance and key while it is open, then NULL: one problem is open once. */
  open_key: string | null;
  key: string;
  job: string | null;
  run: string | null;
  /** JSON of a finding without its times. */
  finding: string;
  opened_at: string;
  seen_at: string;
  resolved_at: string | null;
}

/** Row of `backup_entries`. PostgreSQL answers bigint as text. */
export interface BackupEntryRow {
  run_id: string;
  cluster: string;
  namespace: string;
  release: string;
  name: string;
  kind: string;
  state: string;
  origin: string;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  duration_seconds: number | null;
  bytes: number | string | null;
  bytes_source: string | null;
  previous_bytes: number | string | null;
  location: string | null;
  location_source: string | null;
  backup_id: string | null;
  sha256: string | null;
  tool_version: string | null;
  server_version: string | null;
  items: number | null;
  kept: number | null;
  pruned_at: string | null;
  reported_level: number;
  level: number;
  verified_at: string | null;
  verified_by: string | null;
  restore_seconds: number | null;
  drill_failed_at: string | null;
  drill_failed_by: string | null;
}

/** Row of `watched_clusters`. */
export interface WatchedClusterRow {
  cluster: string;
  watched_at: string;
}

/** Row of `watch_gaps`. */
export interface WatchGapRow {
  cluster: string;
  from_at: string;
  to_at: string;
}

/** Row of `backup_schedules`. */
export interface BackupScheduleRow {
  cluster: string;
  namespace: string;
  release: string;
  name: string;
  since_at: string;
  schedule: string | null;
  time_zone: string | null;
  /** SQLite answers 0 or 1. */
  suspended: boolean | number;
}
