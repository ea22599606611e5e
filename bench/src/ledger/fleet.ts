/** The fleet whose ledger is measured. */
export const CLUSTER = 'bench';
/** Backups of an instance: both run once a day. */
export const BACKUPS = ['backup-postgres', 'backup-minio'];
/** The end of the history: all times count back from here. */
export const NOW = Date.parse('2026-11-30T12:00:00.000Z');
const DAY = 24 * 60 * 60_000;

/** How many entries there are; the defaults make a million. */
export interface FleetSize {
  instances: number;
  /** Entries of each of their backups, drills included. */
  entries: number;
  /** Entries of the one backup that runs every quarter of an hour, drills included. */
  heavyEntries: number;
}

export const MILLION: FleetSize = {
  instances: 1000,
  entries: 450,
  heavyEntries: 100_000,
};

/** A drill once in so many runs: once a month. */
export const DRILL_EVERY = { ordinary: 29, heavy: 2880 };
export const PERIOD = { ordinary: DAY, heavy: DAY / 96 };
/** Good backups that stay. */
export const RETENTION = 7;

/** Runs among `entries`, if each `every`th one has a drill, counted from the newest. */
export function runsOf(entries: number, every: number): number {
  let runs = entries;
  while (runs + Math.ceil(runs / every) > entries) {
    runs--;
  }
  return runs;
}

/** Instance with the backup that runs every quarter of an hour. */
export const HEAVY = {
  instance: { cluster: CLUSTER, namespace: 'payments', release: 'payments' },
  backup: 'backup-postgres',
};

/** An ordinary backup. @param index - any number from 0 on */
export function ordinary(index: number, { instances }: FleetSize) {
  // As the fill names them, in steps that touch the whole fleet.
  const instance = ((index * 379) % instances) + 1;
  return {
    instance: {
      cluster: CLUSTER,
      namespace: `data-${String(instance % 100).padStart(3, '0')}`,
      release: `akko-${String(instance).padStart(4, '0')}`,
    },
    backup: BACKUPS[index % BACKUPS.length],
  };
}
