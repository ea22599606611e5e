import { Times } from './Times';
import { SECOND, floorTo } from './units';

/** A schedule of a fixed distance, `@every 1h30m`: it counts from the last schedule time, or from the creation if there was none. */
export class EverySchedule extends Times {
  private readonly distance: number;

  /** @param seconds - whole seconds; the controller makes less than one second, or a negative number, one second */
  constructor(seconds: number) {
    super();
    this.distance = Math.max(seconds, 1) * SECOND;
  }

  next(after: Date, anchor: Date = after): Date | undefined {
    const start = floorTo(anchor.getTime(), SECOND);
    const passed = Math.floor((after.getTime() - start) / this.distance);
    return new Date(start + Math.max(passed + 1, 1) * this.distance);
  }

  previous(
    atOrBefore: Date,
    { anchor, since }: { anchor?: Date; since?: Date } = {},
  ): Date | undefined {
    if (!anchor) {
      return undefined;
    }
    const start = floorTo(anchor.getTime(), SECOND);
    const passed = Math.floor((atOrBefore.getTime() - start) / this.distance);
    const time = new Date(start + passed * this.distance);
    return passed < 1 || (since && time < since) ? undefined : time;
  }

  /** The same everywhere, so no anchor is needed. */
  intervalSeconds(): number {
    return this.distance / SECOND;
  }
}
