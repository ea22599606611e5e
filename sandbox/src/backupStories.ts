import {
  authenticationOfNight,
  nodesOfNight,
  volumeFull,
  type Failure,
} from './failures';

/** What happened to one backup of an instance before the sandbox started. Nights count backwards: 0 is the last one. */
export interface BackupStory {
  /** Nights that are told of; three weeks if left out. A cluster would keep the last three: here the portal has no history of its own. */
  nights?: number;
  /** Nights that went wrong, from one to another. */
  failures?: { from: number; to: number; failure: Failure }[];
  /** The last nights, in which nothing ran: suspended by kubectl, or by somebody in the portal. */
  paused?: { nights: number; by?: string; reason?: string };
  /** A run that somebody made of the CronJob with kubectl, after that of a night. */
  byHand?: { night: number; name: string };
  /** Size of the last one, by that of the one before. */
  lastRatio?: number;
  /** A script of before there were reports: only its log tells what it made. It has no drill. */
  isScript?: boolean;
  /** Restore drills, in the morning after a night's backup. */
  drills?: { night: number; isBad?: boolean }[];
}

/** Half a year is too much to read at every start; this is enough for every range that pages offer up to a quarter. */
const season = 120;

/** Backups that have a story, by name. */
export type BackupStories = Readonly<Record<string, BackupStory>>;

/** Everything as it should be, and proven; not without a bad day. */
export const wellKept: BackupStories = {
  'backup-postgres': {
    nights: season,
    failures: [{ from: 41, to: 43, failure: nodesOfNight }],
    byHand: { night: 24, name: 'before-upgrade' },
    drills: [{ night: 3 }, { night: 33 }, { night: 64 }],
  },
  'backup-minio': {
    nights: season,
    failures: [{ from: 75, to: 75, failure: volumeFull }],
    drills: [{ night: 5 }, { night: 36 }],
  },
};

/** Half of the data is not there any more, and nobody has noticed. */
export const shrunk: BackupStories = {
  'backup-postgres': { drills: [{ night: 6 }] },
  'backup-minio': { lastRatio: 0.3 },
};

/** Nobody remembers it. */
export const pausedForLong: BackupStories = {
  'backup-postgres': {
    paused: {
      nights: 6,
      by: 'user:default/ana',
      reason: 'the volume moves to another storage class',
    },
  },
};

/** The volume is full, and what the last drill restored was not what had been backed up. */
export const inTrouble: BackupStories = {
  'backup-postgres': {
    nights: season,
    drills: [{ night: 2, isBad: true }, { night: 32 }],
  },
  'backup-minio': {
    nights: season,
    failures: [{ from: 0, to: 1, failure: volumeFull }],
  },
};

/** The schedule does not work any more; what there is, somebody has made. */
export const byHandOnly: BackupStories = {
  'backup-postgres': {
    failures: [{ from: 0, to: 2, failure: authenticationOfNight }],
    byHand: { night: 0, name: 'by-hand' },
  },
};

/** One backup is a script that reports nothing, the other one was suspended with kubectl yesterday. */
export const oldFashioned: BackupStories = {
  'backup-postgres': { isScript: true },
  'backup-minio': { paused: { nights: 1 } },
};
