import { randomBytes } from 'node:crypto';

const ID = /^\d{8}T\d{9}Z-[0-9a-f]{6}$/;
const SCRATCH = /\d{8}t\d{9}z-[0-9a-f]{6}(-\d+)?$/;

/** Name of a new backup: its time in UTC to the millisecond, so that names sort by age, and some chance, so that two runs never share one. */
export function newBackupId(now: Date = new Date()): string {
  const time = now.toISOString().replace(/[-:.]/g, '');
  return `${time}-${randomBytes(3).toString('hex')}`;
}

/** Whether a name is one of {@link newBackupId}. */
export function isBackupId(name: string): boolean {
  return ID.test(name);
}

/** Name of a database or a bucket into which a drill restores. */
export function newScratchName(prefix: string): string {
  return prefix + newBackupId().toLowerCase();
}

/** Whether a database or a bucket is the scratch of a drill, which no backup takes. */
export function isScratchName(name: string): boolean {
  return SCRATCH.test(name);
}

/** Whether it is the scratch of a drill with this prefix. */
export function isScratchOf(prefix: string, name: string): boolean {
  return (
    name.startsWith(prefix) && name.slice(prefix.length).search(SCRATCH) === 0
  );
}

/** When a scratch was made, by the clock of the drill that made it. */
export function timeOfScratch(name: string): Date {
  const [date, time] = SCRATCH.exec(name)![0].split('t');
  const [year, month, day] = [
    date.slice(0, 4),
    date.slice(4, 6),
    date.slice(6),
  ];
  const [hour, minute] = [time.slice(0, 2), time.slice(2, 4)];
  return new Date(
    `${year}-${month}-${day}T${hour}:${minute}:${time.slice(4, 6)}Z`,
  );
}
