import { CalendarSchedule } from './CalendarSchedule';
import { goDurationSeconds } from './duration';
import { EverySchedule } from './EverySchedule';
import { FIELD_KINDS, FieldProblem, parseField, type Calendar } from './fields';
import { timeZoneProblem } from './timeZones';
import type { Schedule } from './types';
import { WallClock } from './WallClock';

const DESCRIPTORS: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const EVERY = '@every ';
/** White space as Go has it: JavaScript's `\s` has no U+0085, but U+FEFF. */
const SPACE =
  // eslint-disable-next-line no-control-regex
  /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const EXAMPLE = '"0 3 * * *"';

/**
 * Reads a CronJob's `spec.schedule` and `spec.timeZone` as Kubernetes does.
 *
 * It has a grammar and a walk of its own: the controller's are peculiar enough that a general library would call good backups late and late ones
 * good. Of 4443 cases in `__testUtils__/controllerTimes.ndjson`, which seek out what is difficult, cron-parser 5.10 refuses 718 that Kubernetes
 * runs, accepts 23 that it does not, and has another next time in 329, mostly about changes of clocks.
 *
 * @param timeZone - without it, UTC: the controller takes its own process's zone, which is UTC wherever nobody changed it
 * @returns the schedule, or why Kubernetes cannot read it, in words for a person that name the field, the reason and an example
 */
export function parseSchedule(
  schedule: string,
  timeZone?: string,
): { schedule: Schedule } | { problem: string } {
  if (timeZone !== undefined) {
    const problem = timeZoneProblem(timeZone);
    if (problem) {
      return { problem };
    }
  }
  if (schedule.includes('TZ')) {
    return {
      problem: `Schedule "${schedule}" names a time zone, which Kubernetes refuses: it belongs into spec.timeZone, for example "Europe/Paris"`,
    };
  }
  try {
    return {
      schedule: schedule.startsWith('@')
        ? readDescriptor(schedule, timeZone)
        : readFields(schedule, timeZone),
    };
  } catch (error) {
    if (error instanceof FieldProblem || error instanceof RangeError) {
      return {
        problem: `Schedule "${schedule}" cannot be read: ${error.message}`,
      };
    }
    throw error;
  }
}

function readDescriptor(text: string, timeZone?: string): Schedule {
  if (text.startsWith(EVERY)) {
    const duration = text.slice(EVERY.length);
    const seconds = goDurationSeconds(duration);
    if (seconds === undefined) {
      throw new FieldProblem(
        `"${duration}" is not a duration in h, m and s without spaces; an example is "@every 1h30m"`,
      );
    }
    return new EverySchedule(seconds);
  }
  if (!Object.hasOwn(DESCRIPTORS, text)) {
    throw new FieldProblem(
      `it is none of ${Object.keys(DESCRIPTORS).join(
        ', ',
      )} and @every, in small letters and with nothing after them; an example is "@daily"`,
    );
  }
  return readFields(DESCRIPTORS[text], timeZone);
}

function readFields(text: string, timeZone = 'UTC'): Schedule {
  const parts = text.split(SPACE).filter(Boolean);
  if (parts.length !== FIELD_KINDS.length) {
    throw new FieldProblem(
      `it has ${parts.length} fields, and needs five (minute, hour, day of month, month, weekday; no seconds, no years); an example is ${EXAMPLE}`,
    );
  }
  const calendar = Object.fromEntries(
    FIELD_KINDS.map((kind, index) => [
      kind.key,
      parseField(kind, parts[index]),
    ]),
  ) as unknown as Calendar;
  return new CalendarSchedule(calendar, WallClock.of(timeZone));
}
