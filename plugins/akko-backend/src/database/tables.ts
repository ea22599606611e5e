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
