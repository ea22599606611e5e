import { parseSchedule, type Schedule } from './schedule';

/** A schedule that was read, or why it cannot be. */
export type ReadSchedule = ReturnType<typeof parseSchedule>;

const known = new Map<string, ReadSchedule>();
/** Fleets share a handful of schedules; this is only a bound. */
const MOST_KNOWN = 1000;
/** Now, the end of the grace, and what a person looks at. */
const INTERVALS_REMEMBERED = 4;

/** Reads a schedule, once for all who have the same. */
export function readSchedule(
  schedule: string,
  timeZone: string | undefined,
): ReadSchedule {
  const key = `${timeZone ?? ''} ${schedule}`;
  const found = known.get(key);
  if (found) {
    return found;
  }
  if (known.size >= MOST_KNOWN) {
    known.clear();
  }
  const parsed = parseSchedule(schedule, timeZone);
  const read =
    'schedule' in parsed ? { schedule: remembering(parsed.schedule) } : parsed;
  known.set(key, read);
  return read;
}

/** Remembers the intervals that it was last asked about: walking a calendar is slow, and all views of a fleet ask the same. */
function remembering(schedule: Schedule): Schedule {
  const intervals: { previous: Date; next: Date }[] = [];
  const intervalOf = (moment: Date) => {
    const found = intervals.find(
      ({ previous, next }) => previous <= moment && moment < next,
    );
    if (found) {
      return found;
    }
    const previous = schedule.previous(moment);
    const next = schedule.next(moment);
    if (!previous || !next) {
      return { previous, next };
    }
    intervals.unshift({ previous, next });
    intervals.length = Math.min(intervals.length, INTERVALS_REMEMBERED);
    return { previous, next };
  };
  return {
    next: (after, anchor) =>
      anchor ? schedule.next(after, anchor) : intervalOf(after).next,
    previous: (moment, options) =>
      options?.anchor || options?.since
        ? schedule.previous(moment, options)
        : intervalOf(moment).previous,
    between: (from, to, limit, anchor) =>
      schedule.between(from, to, limit, anchor),
    intervalSeconds: (around, anchor) => {
      if (anchor) {
        return schedule.intervalSeconds(around, anchor);
      }
      const { previous, next } = intervalOf(around);
      return previous && next
        ? (next.getTime() - previous.getTime()) / 1000
        : schedule.intervalSeconds(around);
    },
  };
}

/** The next times of a schedule after a moment, at most `count`. */
export function nextTimes(
  schedule: Schedule,
  after: Date,
  count: number,
  anchor?: Date,
): Date[] {
  const times: Date[] = [];
  let from = after;
  while (times.length < count) {
    const next = schedule.next(from, anchor);
    if (!next) {
      break;
    }
    times.push(next);
    from = next;
  }
  return times;
}
