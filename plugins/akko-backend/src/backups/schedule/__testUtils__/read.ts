import { parseSchedule } from '..';

/** @throws if the schedule cannot be read */
export function read(text: string, zone?: string) {
  const parsed = parseSchedule(text, zone);
  if ('problem' in parsed) {
    throw new Error(parsed.problem);
  }
  return parsed.schedule;
}

/** The first times after a moment, one `next` after the other. */
export function walk(text: string, zone: string, after: Date, count: number) {
  const schedule = read(text, zone);
  const times: Date[] = [];
  let time = schedule.next(after);
  while (time && times.length < count) {
    times.push(time);
    time = schedule.next(time);
  }
  return times;
}
