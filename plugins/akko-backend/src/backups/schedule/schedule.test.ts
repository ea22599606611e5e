import fc from 'fast-check';
import { DateTime } from 'luxon';
import { parseSchedule } from '.';
import * as arbitraries from './__testUtils__/arbitraries';
import { read, walk } from './__testUtils__/read';
import { LISTED, readControllerTimes } from './__testUtils__/controllerTimes';

const at = (text: string) => new Date(text);

function problem(text: string, zone?: string) {
  const parsed = parseSchedule(text, zone);
  return 'problem' in parsed ? parsed.problem : undefined;
}

const local = (time: Date | undefined, zone: string) =>
  time && DateTime.fromJSDate(time, { zone }).toFormat('yyyy-MM-dd HH:mm ZZ');

describe('the controller’s library', () => {
  const cases = readControllerTimes();

  it('has the same next times', () => {
    const readable = cases.filter(
      ({ schedule, zone }) => zone && !schedule.includes('TZ'),
    );
    expect(readable.length).toBeGreaterThan(3500);
    const different = readable.filter(({ schedule, zone, after, times }) => {
      const ours = walk(schedule, zone!, after, LISTED);
      return JSON.stringify(ours) !== JSON.stringify(times);
    });
    expect(different).toEqual([]);
  });

  it('refuses the same schedules', () => {
    const unreadable = cases.filter(({ zone }) => !zone);
    expect(unreadable.length).toBeGreaterThan(300);
    expect(unreadable.filter(({ schedule }) => !problem(schedule))).toEqual([]);
  });
});

describe('what cannot be read', () => {
  it.each([
    [
      '61 * * * *',
      'minute "61": 61 is above the last, 59; an example is "*/15"',
    ],
    [
      '0 3 * * 7',
      'weekday "7": 7 is above the last, 6 (Sunday is 0); an example is "mon-fri"',
    ],
    [
      '0 3 0 * *',
      'day of month "0": 0 is below the first, 1; an example is "1,15"',
    ],
    [
      '0 3 * * fri-mon',
      'weekday "fri-mon": the range begins at 5, after its end at 1 (Sunday is 0); an example is "mon-fri"',
    ],
    [
      '0 3 L * *',
      'day of month "L": "L" is not a number, and L, W, H, # and ~ are not known to Kubernetes; an example is "1,15"',
    ],
    [
      '0 3 * january *',
      'month "january": "january" is not a number or a name like "jan"; an example is "jan-mar"',
    ],
    ['*/0 * * * *', 'minute "*/0": the step is zero; an example is "*/15"'],
    [
      '1-2-3 * * * *',
      'minute "1-2-3": "1-2-3" has more than one hyphen; an example is "*/15"',
    ],
    [
      '1/2/3 * * * *',
      'minute "1/2/3": "1/2/3" has more than one slash; an example is "*/15"',
    ],
    [
      '0 0 3 * * *',
      'it has 6 fields, and needs five (minute, hour, day of month, month, weekday; no seconds, no years); an example is "0 3 * * *"',
    ],
    ['', 'it has 0 fields'],
    [
      '@Daily',
      'it is none of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly and @every, in small letters',
    ],
    [
      '@every 1d',
      '"1d" is not a duration in h, m and s without spaces; an example is "@every 1h30m"',
    ],
  ])('says of %p what is wrong, and how it would be right', (text, words) => {
    expect(problem(text)).toContain(words);
  });

  it('sends a zone inside the schedule to where it belongs', () => {
    expect(problem('CRON_TZ=Europe/Paris 0 3 * * *')).toContain(
      'spec.timeZone',
    );
    expect(problem('TZ=UTC @daily', 'Europe/Paris')).toContain('spec.timeZone');
  });

  it.each([
    ['europe/paris', 'it is "Europe/Paris"'],
    ['utc', 'it is "UTC"'],
    ['Paris', 'for example "Europe/Paris"'],
    ['Local', 'for example "Europe/Paris"'],
    ['', 'for example "Europe/Paris"'],
    ['+01:00', 'for example "Europe/Paris"'],
    [' UTC', 'for example "Europe/Paris"'],
  ])('does not take %p for a time zone', (zone, words) => {
    expect(problem('@daily', zone)).toContain(words);
  });

  it('takes old names of zones', () => {
    const zones = [
      'Asia/Calcutta',
      'Asia/Kolkata',
      'Europe/Kiev',
      'US/Eastern',
    ];
    expect(zones.filter(zone => problem('@daily', zone))).toEqual([]);
  });

  it('never fails in any other way', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: 'binary' }),
          arbitraries.brokenSchedule,
        ),
        text => {
          const parsed = parseSchedule(text);
          expect('problem' in parsed || parsed.schedule).toBeTruthy();
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('next', () => {
  it.each([
    ['* * * * *', 'UTC', '2026-03-01T10:00:00Z', '2026-03-01T10:01:00Z'],
    ['* * * * *', 'UTC', '2026-03-01T10:00:59.999Z', '2026-03-01T10:01:00Z'],
    ['* * * * *', 'UTC', '2026-03-01T09:59:59.999Z', '2026-03-01T10:00:00Z'],
    ['0 3 29 2 *', 'UTC', '2026-03-01T00:00:00Z', '2028-02-29T03:00:00Z'],
    ['0 3 31 * *', 'UTC', '2026-03-31T03:00:00Z', '2026-05-31T03:00:00Z'],
    [
      '0 3 * * *',
      'Europe/Paris',
      '2026-03-28T12:00:00Z',
      '2026-03-29T01:00:00Z',
    ],
    [
      '0 3 * * *',
      'Asia/Kolkata',
      '2026-03-28T12:00:00Z',
      '2026-03-28T21:30:00Z',
    ],
    // Both days are given, so either will do ...
    ['0 0 13 * fri', 'UTC', '2026-03-01T00:00:00Z', '2026-03-06T00:00:00Z'],
    // ... unless one of them is "any", for which a step of more than one is too much.
    ['0 0 13 * */1', 'UTC', '2026-03-01T00:00:00Z', '2026-03-13T00:00:00Z'],
    ['0 0 13 * */2', 'UTC', '2026-03-01T00:00:00Z', '2026-03-03T00:00:00Z'],
    ['@weekly', 'UTC', '2026-03-01T00:00:00Z', '2026-03-08T00:00:00Z'],
    [
      '@yearly',
      'America/New_York',
      '2026-03-01T00:00:00Z',
      '2027-01-01T05:00:00Z',
    ],
  ])('of %s in %s after %s is %s', (text, zone, after, expected) => {
    expect(read(text, zone).next(at(after))).toEqual(at(expected));
  });

  it('is in UTC without a zone', () => {
    expect(read('0 3 * * *').next(at('2026-07-01T00:00:00Z'))).toEqual(
      at('2026-07-01T03:00:00Z'),
    );
  });

  it.each(['0 0 30 2 *', '0 0 31 4,6,9,11 *', ', * * * *', '0 0 , * *'])(
    'of %s does not exist',
    text => {
      const schedule = read(text);
      expect(schedule.next(at('2026-03-01T00:00:00Z'))).toBeUndefined();
      expect(schedule.previous(at('2026-03-01T00:00:00Z'))).toBeUndefined();
      expect(
        schedule.intervalSeconds(at('2026-03-01T00:00:00Z')),
      ).toBeUndefined();
    },
  );

  it('is given up after the fifth year, as by the controller', () => {
    const schedule = read('0 0 29 2 *');
    expect(schedule.next(at('2096-03-01T00:00:00Z'))).toBeUndefined();
    expect(schedule.next(at('2099-01-01T00:00:00Z'))).toEqual(
      at('2104-02-29T00:00:00Z'),
    );
    expect(schedule.previous(at('2104-02-28T00:00:00Z'))).toEqual(
      at('2096-02-29T00:00:00Z'),
    );
  });
});

describe('changes of clocks', () => {
  const during = (text: string, zone: string, from: string, count = 3) =>
    walk(text, zone, at(from), count).map(time => local(time, zone));

  it('leaves out a time in the gap', () => {
    expect(
      during('30 2 * * *', 'America/New_York', '2026-03-07T12:00:00Z', 2),
    ).toEqual(['2026-03-09 02:30 -04:00', '2026-03-10 02:30 -04:00']);
    expect(
      during('30 2 8 3 *', 'America/New_York', '2026-03-07T12:00:00Z', 1),
    ).toEqual(['2027-03-08 02:30 -05:00']);
  });

  it('has a time in the repeated hour twice', () => {
    expect(
      during('30 1 1 11 *', 'America/New_York', '2026-10-31T12:00:00Z'),
    ).toEqual([
      '2026-11-01 01:30 -04:00',
      '2026-11-01 01:30 -05:00',
      '2027-11-01 01:30 -04:00',
    ]);
  });

  it('goes on under the old date in a night without midnight', () => {
    expect(during('0 5 * * 4', 'Africa/Cairo', '2026-04-23T03:00:00Z')).toEqual(
      [
        '2026-04-24 05:00 +03:00',
        '2026-04-30 05:00 +03:00',
        '2026-05-07 05:00 +03:00',
      ],
    );
  });

  it('passes over a day without midnight east of Greenwich, and not west of it', () => {
    expect(
      during('0 5 * * 5', 'Africa/Cairo', '2026-04-20T00:00:00Z', 1),
    ).toEqual(['2026-05-01 05:00 +03:00']);
    expect(
      during('0 5 * * 0', 'America/Santiago', '2026-09-01T00:00:00Z', 1),
    ).toEqual(['2026-09-06 05:00 -03:00']);
  });

  it('misses full hours after clocks went forward by half an hour', () => {
    expect(
      during('0 3 * * *', 'Australia/Lord_Howe', '2026-10-02T22:00:00Z', 1),
    ).toEqual(['2026-10-05 03:00 +11:00']);
  });

  it('moves on where the controller does not', () => {
    const schedule = read('47 3,11 * * *', 'Pacific/Chatham');
    const time = schedule.next(at('2026-04-04T14:02:00Z'))!;
    expect(local(time, 'Pacific/Chatham')).toBe('2026-04-05 03:47 +12:45');
  });
});

describe('@every', () => {
  const anchor = at('2026-03-01T00:00:10.700Z');

  it('counts from the anchor, in whole seconds', () => {
    const schedule = read('@every 1m30s');
    expect(schedule.next(anchor, anchor)).toEqual(at('2026-03-01T00:01:40Z'));
    expect(schedule.next(at('2026-03-01T01:00:00Z'), anchor)).toEqual(
      at('2026-03-01T01:00:10Z'),
    );
    expect(schedule.next(at('2026-02-01T00:00:00Z'), anchor)).toEqual(
      at('2026-03-01T00:01:40Z'),
    );
    expect(schedule.previous(at('2026-03-01T01:00:00Z'), { anchor })).toEqual(
      at('2026-03-01T00:58:40Z'),
    );
    expect(
      schedule.previous(at('2026-03-01T00:01:39Z'), { anchor }),
    ).toBeUndefined();
    expect(
      schedule.between(anchor, at('2026-03-01T00:04:40Z'), 9, anchor).times,
    ).toEqual([
      at('2026-03-01T00:01:40Z'),
      at('2026-03-01T00:03:10Z'),
      at('2026-03-01T00:04:40Z'),
    ]);
  });

  it('has no known past without an anchor', () => {
    expect(read('@every 1h').previous(anchor)).toBeUndefined();
    expect(read('@every 1h').next(anchor)).toEqual(at('2026-03-01T01:00:10Z'));
    expect(read('@every 1h').intervalSeconds(anchor)).toBe(3600);
  });

  it.each([
    ['1.5h', 5400],
    ['2.999s', 2],
    ['999ms', 1],
    ['0', 1],
    ['-5m', 1],
    ['61000000µs', 61],
    ['0.1h0.2m0.3s', 372],
  ])('of %s is %d seconds', (duration, seconds) => {
    expect(read(`@every ${duration}`).intervalSeconds(anchor)).toBe(seconds);
  });
});

describe('previous, between and interval', () => {
  it('has the time itself, and none before a given moment', () => {
    const schedule = read('0 3 * * *');
    const time = at('2026-03-01T03:00:00Z');
    expect(schedule.previous(time)).toEqual(time);
    expect(
      schedule.previous(at('2026-03-02T02:59:59.999Z'), { since: time }),
    ).toEqual(time);
    expect(
      schedule.previous(at('2026-03-02T02:00:00Z'), {
        since: new Date(time.getTime() + 1),
      }),
    ).toBeUndefined();
  });

  it('finds leap days of years ago', () => {
    expect(read('0 3 29 2 *').previous(at('2028-02-29T02:59:00Z'))).toEqual(
      at('2024-02-29T03:00:00Z'),
    );
  });

  it('is the same however much later it is asked for', () => {
    // The controller finds no midnight on the 6th: hours begin at half past since the 5th.
    const schedule = read('0 0 5,6 4 *', 'Australia/Lord_Howe');
    const time = at('2026-04-04T13:00:00Z');
    expect(schedule.next(time)).toEqual(at('2027-04-04T13:30:00Z'));
    for (const later of ['2026-04-07T00:00:00Z', '2026-11-01T00:00:00Z']) {
      expect(schedule.previous(at(later))).toEqual(time);
    }
  });

  it('is not on a day that the controller passes over', () => {
    expect(
      read('0 5 24 4 *', 'Africa/Cairo').previous(at('2026-11-01T00:00:00Z')),
    ).toEqual(at('2025-04-25T02:00:00Z'));
  });

  it('tells whether there are more times than it lists', () => {
    const schedule = read('0 * * * *');
    const [from, to] = [at('2026-03-01T00:00:00Z'), at('2026-03-01T03:00:00Z')];
    expect(schedule.between(from, to, 3)).toEqual({
      times: [at('2026-03-01T01:00:00Z'), at('2026-03-01T02:00:00Z'), to],
      more: false,
    });
    expect(schedule.between(from, to, 2)).toMatchObject({
      times: { length: 2 },
      more: true,
    });
    expect(schedule.between(from, to, 0)).toEqual({ times: [], more: true });
    expect(schedule.between(to, from, 5)).toEqual({ times: [], more: false });
  });

  it.each([
    ['*/5 * * * *', 'UTC', 300],
    ['0 3 * * *', 'Europe/Paris', 86400],
    ['0 3 * * 1', 'UTC', 604800],
    ['0 9-17 * * *', 'UTC', 57600],
  ])('%s in %s has %s around midnight in winter', (text, zone, seconds) => {
    expect(read(text, zone).intervalSeconds(at('2026-01-15T00:02:00Z'))).toBe(
      seconds,
    );
  });

  it('counts the hour that is missing in spring', () => {
    expect(
      read('0 4 * * *', 'Europe/Paris').intervalSeconds(
        at('2026-03-29T00:00:00Z'),
      ),
    ).toBe(82800);
  });
});
