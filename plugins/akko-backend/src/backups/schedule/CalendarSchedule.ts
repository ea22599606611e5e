import type { Calendar } from './fields';
import { lastUntil } from './lastUntil';
import { firstAfter } from './occurrences';
import { Times } from './Times';
import type { WallClock } from './WallClock';

const toDate = (moment: number | undefined) =>
  moment === undefined ? undefined : new Date(moment);

/** A schedule of five fields. */
export class CalendarSchedule extends Times {
  constructor(
    private readonly calendar: Calendar,
    private readonly clock: WallClock,
  ) {
    super();
  }

  next(after: Date): Date | undefined {
    return toDate(firstAfter(this.calendar, this.clock, after.getTime()));
  }

  previous(atOrBefore: Date, options: { since?: Date } = {}): Date | undefined {
    return toDate(
      lastUntil(
        this.calendar,
        this.clock,
        atOrBefore.getTime(),
        options.since?.getTime(),
      ),
    );
  }
}
