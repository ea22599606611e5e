import type {
  BackupEntry,
  BackupOrigin,
  BackupPoint,
  InstanceRef,
  RunState,
  VerificationLevel,
} from '@akko/backstage-plugin-akko-common';

/** A backup of an instance, or its drill. */
export interface BackupRef {
  instance: InstanceRef;
  /** As `backup-postgres`. */
  backup: string;
}

export interface EntryFilter {
  state?: RunState;
  origin?: BackupOrigin;
  /** At least. */
  level?: VerificationLevel;
  /** Only those that are still there. */
  kept?: boolean;
}

/** An entry without what was found wrong with its run, which diagnosis keeps. */
export type LedgerEntry = Omit<BackupEntry, 'findings'>;

export interface EntryPage {
  items: LedgerEntry[];
  /** Creation time of the entry that the page comes after; absent on the first page. */
  after?: string;
  nextCursor?: string;
}

/** What a calendar needs of a run. */
export interface CalendarRun {
  run: string;
  state: RunState;
  origin: BackupOrigin;
  createdAt: string;
  finishedAt?: string;
  bytes?: number;
  level: VerificationLevel;
}

/** What freshness is judged by, of one backup. */
export interface LedgerFacts {
  /** The newest run whose end is known. */
  lastEnded?: LedgerEntry;
  /** The newest that the schedule began, and whose end is known. */
  lastScheduled?: LedgerEntry;
  lastGood?: LedgerEntry;
  lastScheduledGood?: LedgerEntry;
  /** The newest good one per level: proven at least so far. */
  verified: Partial<Record<VerificationLevel, LedgerEntry>>;
  /** The newest drill whose end is known. */
  lastDrill?: LedgerEntry;
  lastGoodDrill?: LedgerEntry;
}

/** A time in which no replica watched a cluster. */
export interface WatchGap {
  from: string;
  to: string;
}

/** Reads the ledger. Every query is bounded by an index, however long a history is. */
export interface LedgerStore {
  /** Newest first. @throws AkkoError `invalid-request` for a cursor that is none of ours */
  page(
    backup: BackupRef,
    filter: EntryFilter,
    page: { limit: number; cursor?: string },
  ): Promise<EntryPage>;
  /** Runs created in [from, to), oldest first, at most `limit` of the newest. */
  calendar(
    backup: BackupRef,
    range: { from: string; to: string },
    limit: number,
  ): Promise<CalendarRun[]>;
  /** Runs and drills created in [from, to), oldest first. */
  chart(
    backup: BackupRef,
    range: { from: string; to: string },
    limit: number,
  ): Promise<{ points: BackupPoint[]; thinned: boolean }>;
  /** Facts of one backup, or of all that have entries. */
  facts(backup: BackupRef): Promise<LedgerFacts>;
  backups(): Promise<BackupRef[]>;
  /** Times in which the cluster was not watched and that touch [from, to], newest first. */
  gaps(
    cluster: string,
    range: { from: string; to: string },
    limit: number,
  ): Promise<WatchGap[]>;
  /** Due times in [from, to] that have an entry. */
  scheduledIn(
    backup: BackupRef,
    range: { from: string; to: string },
  ): Promise<string[]>;
}
