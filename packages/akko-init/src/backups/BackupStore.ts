import type { Readable } from 'node:stream';
import type { Manifest } from './manifest';

/** A file as it was written. */
export interface StoredFile {
  bytes: number;
  sha256: string;
}

/** A backup that counts: its manifest is in place. */
export interface StoredBackup<M extends Manifest = Manifest> {
  id: string;
  manifest: M;
  /** Of the manifest file. */
  sha256: string;
  /** Files of the manifest that are not there, or not of the size that it says. A backup that lacks one is damaged. */
  damaged: string[];
}

/** Where backups are kept: a folder of a volume, or a prefix in a bucket. */
export interface BackupStore<M extends Manifest = Manifest> {
  /** For people: `/backups/postgres`, `s3://bucket/prefix`. */
  readonly location: string;
  locationOf(id: string): string;
  /** Backups of this kind, the oldest first; whatever else is there is not looked at. */
  list(): Promise<StoredBackup<M>[]>;
  /** Removes what killed runs left, and starts a backup. */
  begin(id: string): Promise<BackupDraft>;
  /** Reads a file of a backup. */
  open(id: string, file: string): Promise<Readable>;
  /** Reads the content of an object, by the file in the index of its bucket. */
  openObject(id: string, file: string): Promise<Readable>;
  /** Removes a backup, in an order in which a half removed one does not count. */
  remove(id: string): Promise<void>;
}

/** A backup that is being taken. It does not count before it is committed; a run that dies leaves something that a later one removes. */
export interface BackupDraft {
  readonly id: string;
  /** Names of what killed runs had left, and was removed. */
  readonly removed: readonly string[];
  /** Writes a file from a stream, never holding more than a few parts of it in memory. */
  write(file: string, source: Readable): Promise<StoredFile>;
  /** Reads a file that was written. */
  open(file: string): Promise<Readable>;
  /** Removes a file that was written, or was to be. */
  drop(file: string): Promise<void>;
  /** Puts the manifest in place: from now on it counts. */
  commit(manifest: string): Promise<void>;
  /** Leaves nothing of it; also works when the job shall stop. */
  discard(): Promise<void>;
}

/** Silence after which a run that has not finished its backup is taken for dead; see {@link HEARTBEAT_MILLISECONDS}. */
export const ABANDONED_MILLISECONDS = 120_000;

/** How often a run shows that it is alive. Process ids tell nothing across pods, and locks of files do not work on every volume. */
export const HEARTBEAT_MILLISECONDS = 10_000;
