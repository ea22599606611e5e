import { DateTime, Duration } from 'luxon';

/** `3 minutes ago`, in the viewer's language. */
export function relativeTime(iso: string, now: DateTime): string {
  const then = DateTime.fromISO(iso);
  return Math.abs(now.diff(then).as('seconds')) < 5
    ? 'just now'
    : then.toRelative({ base: now }) ?? iso;
}

/** `23 Nov 2026, 21:10:55 GMT+1`, in the viewer's zone. */
export function exactTime(iso: string): string {
  return DateTime.fromISO(iso).toLocaleString({
    ...DateTime.DATETIME_MED_WITH_SECONDS,
    timeZoneName: 'short',
  });
}

/** `02:00` or `2:00 AM`, in the viewer's zone. */
export function clockTime(iso: string): string {
  return DateTime.fromISO(iso).toLocaleString(DateTime.TIME_SIMPLE);
}

const ISO_TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** A message of the API, with its times in the viewer's zone. */
export function withLocalTimes(message: string): string {
  return message.replace(ISO_TIME, exactTime);
}

/** `0.4 s`, `41 s`, `3 min 5 s`, `1 h 2 min`. */
export function duration(seconds: number): string {
  if (seconds < 10 && !Number.isInteger(seconds)) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  const {
    hours,
    minutes,
    seconds: rest,
  } = Duration.fromObject({
    seconds: whole,
  })
    .shiftTo('hours', 'minutes', 'seconds')
    .toObject();
  return hours
    ? `${hours} h ${minutes} min`
    : `${minutes} min${rest ? ` ${rest} s` : ''}`;
}

/** A long time, coarsely: `30 min`, `26 h`, `7 days`, `7 days 12 h`. */
export function span(seconds: number): string {
  const hours = Math.round(seconds / 3600);
  if (hours < 1) {
    return duration(seconds);
  }
  if (hours < 48) {
    return `${hours} h`;
  }
  const rest = hours % 24;
  return `${Math.floor(hours / 24)} days${rest ? ` ${rest} h` : ''}`;
}
