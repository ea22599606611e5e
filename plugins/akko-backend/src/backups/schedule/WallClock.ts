import { IANAZone } from 'luxon';
import { DAY, HOUR, MINUTE, floorTo } from './units';

interface Change {
  at: number;
  before: number;
  after: number;
}

interface Block {
  start: number;
  offset: number;
  changes: Change[];
}

/** Four weeks: long enough that blocks are few, and no zone changes its clocks twice within one of their weeks. */
const BLOCK = 28 * DAY;
const WEEK = 7 * DAY;

function isOdd({ at, before, after }: Change): boolean {
  const low = at + Math.min(before, after);
  const high = at + Math.max(before, after);
  const midnight = -floorTo(-low, DAY);
  return high - low !== HOUR || low !== floorTo(low, HOUR) || midnight < high;
}

/**
 * The clocks of a time zone. Moments are Unix milliseconds; wall times are the milliseconds at which a clock in UTC would show the same.
 * Offsets are looked up once per block and zone, because asking Intl for one takes longer than all the rest of finding a time.
 */
export class WallClock {
  private static readonly clocks = new Map<string, WallClock>();
  private readonly blocks = new Map<number, Block>();
  /** The block asked for last, which nearly always is the one asked for next. */
  private current: Block | undefined;
  private readonly zone: IANAZone;

  private constructor(name: string) {
    this.zone = IANAZone.create(name);
  }

  /** @throws RangeError if Node.js does not know the zone */
  static of(zone: string): WallClock {
    let clock = this.clocks.get(zone);
    if (!clock) {
      if (!IANAZone.isValidZone(zone)) {
        throw new RangeError(`Node.js has no rules for time zone "${zone}"`);
      }
      clock = new WallClock(zone);
      this.clocks.set(zone, clock);
    }
    return clock;
  }

  wall(moment: number): number {
    return moment + this.offset(moment);
  }

  /**
   * A moment at which the clocks show a wall time. In a repeated hour it is one of the two, and in a gap it is as far from the gap's edge as the
   * wall time is, before or after. Which one is chosen as Go's `time.Date` chooses: guess the offset as if the wall time were UTC, then take the
   * offset in force at the moment so found.
   */
  moment(wall: number): number {
    return wall - this.offset(wall - this.offset(wall));
  }

  /**
   * The newest odd change in (from, to]: one that is not of one hour, not on the hour or at midnight, so that the controller's times after it
   * depend on where the controller started to count.
   */
  oddChange(from: number, to: number): number | undefined {
    for (let start = floorTo(to, BLOCK); start + BLOCK > from; start -= BLOCK) {
      const { changes } = this.block(start);
      for (const change of [...changes].reverse()) {
        if (change.at > from && change.at <= to && isOdd(change)) {
          return change.at;
        }
      }
    }
    return undefined;
  }

  private offset(moment: number): number {
    const start = floorTo(moment, BLOCK);
    const block =
      this.current?.start === start ? this.current : this.block(start);
    this.current = block;
    // Almost no block has a change, hardly any has two.
    let { offset } = block;
    for (const change of block.changes) {
      if (moment >= change.at) {
        offset = change.after;
      }
    }
    return offset;
  }

  private block(start: number): Block {
    let block = this.blocks.get(start);
    if (!block) {
      const changes: Change[] = [];
      for (let week = start; week < start + BLOCK; week += WEEK) {
        const change = this.change(week, week + WEEK);
        if (change) {
          changes.push(change);
        }
      }
      block = { start, offset: this.ask(start), changes };
      this.blocks.set(start, block);
    }
    return block;
  }

  /** The change in (from, to], by halving; all are at full minutes. */
  private change(from: number, to: number): Change | undefined {
    const before = this.ask(from);
    const after = this.ask(to);
    if (before === after) {
      return undefined;
    }
    let earlier = from;
    let at = to;
    while (at - earlier > MINUTE) {
      const middle = floorTo((earlier + at) / 2, MINUTE);
      if (this.ask(middle) === before) {
        earlier = middle;
      } else {
        at = middle;
      }
    }
    return { at, before, after };
  }

  private ask(moment: number): number {
    return this.zone.offset(moment) * MINUTE;
  }
}
