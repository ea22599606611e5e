import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import * as arbitraries from './__testUtils__/arbitraries';
import { read, walk } from './__testUtils__/read';

describe('a yearly schedule about a change of clocks', () => {
  const { PLAIN_ZONES, ODD_ZONES, changesOfClocks } = arbitraries;
  const hours = [0, 1, 2, 3, 4, 5, 22, 23];

  it.each([...PLAIN_ZONES, ...ODD_ZONES])(
    'has the previous time in %s that comes of walking there from years before',
    zone => {
      const schedules = changesOfClocks(zone).flatMap(change =>
        [-1, 0, 1].flatMap(days => {
          const { day, month } = DateTime.fromJSDate(change, { zone }).plus({
            days,
          });
          return hours.flatMap(hour => [
            `0,45 ${hour} ${day} ${month} *`,
            `30 ${hour} ${day}/20 ${month} *`,
          ]);
        }),
      );
      const start = new Date(Date.UTC(2023, 6, 1));
      const moments = [2026, 2027].flatMap(year =>
        [4, 11].map(month => new Date(Date.UTC(year, month))),
      );
      const different = schedules.filter(text => {
        const times = walk(text, zone, start, 40);
        return moments.some(
          moment =>
            +times.findLast(time => time <= moment)! !==
            +read(text, zone).previous(moment)!,
        );
      });
      expect(different).toEqual([]);
    },
  );
});

describe('any schedule', () => {
  const { PLAIN_ZONES, ODD_ZONES, changesOfClocks } = arbitraries;
  const about = (zone: string) => {
    const changes = changesOfClocks(zone);
    if (changes.length === 0) {
      return arbitraries.moment;
    }
    const seconds = fc.integer({ min: -129_600, max: 259_200 });
    const near = fc
      .tuple(fc.constantFrom(...changes), seconds)
      .map(([change, distance]) => new Date(+change + distance * 1000));
    return fc.oneof(arbitraries.moment, near);
  };
  const dated = (zones: string[]) =>
    fc.oneof(
      ...zones.map(zone =>
        fc.record({ zone: fc.constant(zone), moment: about(zone) }),
      ),
    );

  it('has its next time later, and as the previous of itself', () => {
    fc.assert(
      fc.property(
        arbitraries.schedule,
        dated(PLAIN_ZONES),
        (text, { zone, moment }) => {
          const schedule = read(text, zone);
          const next = schedule.next(moment);
          fc.pre(next !== undefined);
          expect(+next!).toBeGreaterThan(+moment);
          expect(schedule.previous(next!)).toEqual(next);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('has no time between its previous and its next, in odd zones neither', () => {
    fc.assert(
      fc.property(
        arbitraries.schedule,
        dated([...PLAIN_ZONES, ...ODD_ZONES]),
        (text, { zone, moment }) => {
          const schedule = read(text, zone);
          const previous = schedule.previous(moment);
          fc.pre(previous !== undefined);
          expect(+previous!).toBeLessThanOrEqual(+moment);
          const next = schedule.next(previous!);
          fc.pre(next !== undefined);
          expect(+next!).toBeGreaterThan(+moment);
          expect(schedule.previous(next!)).toEqual(next);
          expect(schedule.previous(new Date(+next! - 1))).toEqual(previous);
          const earlier = schedule.previous(new Date(+previous! - 1));
          fc.pre(earlier !== undefined);
          expect(schedule.next(earlier!)).toEqual(previous);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('has the same between two moments as one after the other', () => {
    fc.assert(
      fc.property(
        arbitraries.schedule,
        dated([...PLAIN_ZONES, ...ODD_ZONES]),
        fc.integer({ min: 0, max: 40 * 86_400 }),
        (text, { zone, moment }, seconds) => {
          const to = new Date(moment.getTime() + seconds * 1000);
          const expected = walk(text, zone, moment, 21).filter(
            time => time <= to,
          );
          expect(read(text, zone).between(moment, to, 20)).toEqual({
            times: expected.slice(0, 20),
            more: expected.length > 20,
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('has no other times, and leaves none out, than its fields say on a wall clock', () => {
    fc.assert(
      fc.property(
        arbitraries.fields,
        dated(PLAIN_ZONES),
        (parts, { zone, moment }) => {
          const [minute, hour, day, month, weekday] = parts;
          const rules = IANAZone.create(zone);
          const fits = (time: number) => {
            const wall = new Date(time + rules.offset(time) * 60_000);
            const inMonth = day.values.includes(wall.getUTCDate());
            const inWeek = weekday.values.includes(wall.getUTCDay());
            return (
              minute.values.includes(wall.getUTCMinutes()) &&
              hour.values.includes(wall.getUTCHours()) &&
              month.values.includes(wall.getUTCMonth() + 1) &&
              (day.any || weekday.any ? inMonth && inWeek : inMonth || inWeek)
            );
          };
          const text = parts.map(part => part.text).join(' ');
          const end = moment.getTime() + 2 * 86_400_000;
          const expected: Date[] = [];
          const first = Math.floor(moment.getTime() / 60_000) * 60_000;
          for (
            let time = first + 60_000;
            time <= end && expected.length < 50;
            time += 60_000
          ) {
            if (fits(time)) {
              expected.push(new Date(time));
            }
          }
          expect(
            read(text, zone).between(moment, new Date(end), 50).times,
          ).toEqual(expected);
          const next = read(text, zone).next(moment);
          expect(next === undefined || fits(next.getTime())).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});
