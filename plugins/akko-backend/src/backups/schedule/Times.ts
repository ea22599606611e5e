import type { Schedule } from './types';
import { SECOND } from './units';

/** What follows from the next and the previous time alone. */
export abstract class Times implements Schedule {
  abstract next(after: Date, anchor?: Date): Date | undefined;

  abstract previous(
    atOrBefore: Date,
    options?: { anchor?: Date; since?: Date },
  ): Date | undefined;

  between(
    from: Date,
    to: Date,
    limit: number,
    anchor: Date = from,
  ): { times: Date[]; more: boolean } {
    const times: Date[] = [];
    let time = this.next(from, anchor);
    while (time && time <= to) {
      if (times.length >= limit) {
        return { times, more: true };
      }
      times.push(time);
      time = this.next(time, anchor);
    }
    return { times, more: false };
  }

  intervalSeconds(around: Date, anchor?: Date): number | undefined {
    let before = this.previous(around, { anchor });
    let after = this.next(around, anchor);
    if (!before && after) {
      before = after;
      after = this.next(after, anchor);
    } else if (before && !after) {
      after = before;
      before = this.previous(new Date(before.getTime() - 1), { anchor });
    }
    return before && after
      ? (after.getTime() - before.getTime()) / SECOND
      : undefined;
  }
}
