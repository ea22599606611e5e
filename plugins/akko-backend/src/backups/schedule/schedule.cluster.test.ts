import fc from 'fast-check';
import { DateTime } from 'luxon';
import pLimit from 'p-limit';
import { eventually } from '../../acceptance/__testUtils__/eventually';
import { parseSchedule } from '.';
import * as arbitraries from './__testUtils__/arbitraries';
import { readControllerTimes } from './__testUtils__/controllerTimes';
import { CronJobBench } from './__testUtils__/CronJobBench';
import { read } from './__testUtils__/read';
import { TIME_ZONES } from './timeZones';

const kubeconfig = process.env.AKKO_CLUSTER_KUBECONFIG;
const describeCluster = kubeconfig ? describe : describe.skip;
const { PLAIN_ZONES, ODD_ZONES, changesOfClocks } = arbitraries;
const ZONES = [...PLAIN_ZONES, ...ODD_ZONES];

jest.setTimeout(600_000);

const FIXED: [string, string?][] = [
  ['0 3 29 2 *'],
  ['30 4 31 * *', 'Europe/Paris'],
  ['0 0 1 1 *', 'Asia/Kolkata'],
  ['@yearly', 'America/New_York'],
  ['@monthly', 'Pacific/Chatham'],
  ['@weekly'],
  ['@daily'],
  ['@daily', 'America/Santiago'],
  ['@hourly'],
  ['@every 40s'],
  ['@every 1h30m'],
  ['@every 100h'],
  ['* * * * *'],
  ['? ? ? ? ?', 'Australia/Lord_Howe'],
  ['*/7 * * * *'],
  ['5/20 * * * *', 'Asia/Kolkata'],
  ['0,15,45 2,14 * * *', 'Europe/Paris'],
  ['0 0 13 * fri'],
  ['0 0 13 * */1'],
  ['0 0 13 * */2'],
  ['0 0 1,15 * ?'],
  ['0 22 * * mon-fri', 'America/New_York'],
  // Whatever the date: the gap and the repeated hour of 2026, and of the years before.
  ['30 2 8 3 *', 'America/New_York'],
  ['30 1 1 11 *', 'America/New_York'],
  ['30 2 25 10 *', 'Europe/Paris'],
  ['30 2 29 3 *', 'Europe/Paris'],
  ['30 2 5 4 *', 'Australia/Lord_Howe'],
];

/** Yearly schedules about a change of clocks, of the day before it and of its own. */
function aboutChange(zone: string, change: Date): [string, string][] {
  const before = DateTime.fromMillis(+change - 60_000, { zone });
  const after = DateTime.fromJSDate(change, { zone });
  const yearly = (day: DateTime, minute: number, hour: number) =>
    `${minute} ${(hour + 24) % 24} ${day.day} ${day.month} *`;
  return [
    yearly(after, 30, after.hour - 1),
    yearly(after, 45, after.hour),
    yearly(after, 0, after.hour + 1),
    yearly(after, 0, 5),
    yearly(before, 15, before.hour),
    yearly(before, 0, 5),
  ].map(schedule => [schedule, zone]);
}

/** The last schedule time that leaves the controller exactly one to make up; undefined if the schedule has had no two. */
function lastBefore(schedule: string, zone: string | undefined, now: Date) {
  const times = read(schedule, zone);
  if (schedule.startsWith('@every')) {
    const seconds = Math.floor(+now / 1000) - 1.5 * times.intervalSeconds(now)!;
    return new Date(seconds * 1000);
  }
  const newest = times.previous(now);
  return newest && times.previous(new Date(+newest - 1));
}

describeCluster('schedules on a real cluster', () => {
  const limit = pLimit(8);
  let bench: CronJobBench;

  beforeAll(async () => {
    bench = await CronJobBench.create(kubeconfig!);
  });

  afterAll(async () => {
    await bench?.remove();
  });

  /** Those pairs of which the API server and the parser think differently. */
  async function differing(pairs: [string, string?][]) {
    const answers = await Promise.all(
      pairs.map(([schedule, zone]) =>
        limit(async () => ({
          schedule,
          zone,
          accepts: await bench.accepts(schedule, zone),
          parsed: parseSchedule(schedule, zone),
        })),
      ),
    );
    return {
      wrong: answers.filter(
        ({ accepts, parsed }) => accepts === 'problem' in parsed,
      ),
      accepted: answers.filter(({ accepts }) => accepts).length,
    };
  }

  it('are accepted by the API server exactly if they can be read', async () => {
    const zone = fc.oneof(
      fc.constantFrom(undefined, ...ZONES),
      fc.constantFrom(
        ...['', ' ', 'Local', 'local', 'utc', 'europe/paris', 'Europe/Berlim'],
        ...['Europe', 'Europe/', '/UTC', '../UTC', '+01:00', 'UTC+1', 'EST'],
      ),
    );
    const text = fc.oneof(arbitraries.schedule, arbitraries.brokenSchedule);
    const random = fc.sample(fc.tuple(text, zone), { seed: 1, numRuns: 300 });
    const { wrong, accepted } = await differing(random);
    expect(wrong).toEqual([]);
    expect(accepted).toBeGreaterThan(30);
    expect(accepted).toBeLessThan(270);
  });

  it('are refused by the API server where its library refuses them', async () => {
    const unreadable = readControllerTimes().filter(({ zone: z }) => !z);
    const peculiar = readControllerTimes().slice(0, 250);
    const pairs = [...unreadable, ...peculiar].map(({ schedule }): [string] => [
      schedule,
    ]);
    expect((await differing(pairs)).wrong).toEqual([]);
  });

  it('may be in any zone of the list, old names included', async () => {
    const pairs = [...TIME_ZONES].map((zone): [string, string] => [
      '@daily',
      zone,
    ]);
    expect((await differing(pairs)).wrong).toEqual([]);
  });

  it('have the previous time for which the controller makes up a Job', async () => {
    const now = new Date();
    const cases = [
      ...FIXED,
      ...ZONES.flatMap(zone =>
        changesOfClocks(zone)
          .filter(change => change < now)
          .flatMap(change => aboutChange(zone, change)),
      ),
    ].flatMap(([schedule, zone], index) => {
      const last = lastBefore(schedule, zone, now);
      return last ? [{ name: `late-${index}`, schedule, zone, last }] : [];
    });
    expect(cases.length).toBeGreaterThan(FIXED.length + 40);

    await Promise.all(
      cases.map(({ name, schedule, zone, last }) =>
        limit(() => bench.startLate(name, schedule, zone, last)),
      ),
    );
    await eventually(
      'a Job of each CronJob; those without one are listed',
      async () => {
        const found = await bench.firstJobs();
        return cases.filter(({ name }) => !found.has(name));
      },
      missing => missing.length === 0,
      240,
    );
    const jobs = await bench.firstJobs();

    const different = cases.flatMap(({ name, schedule, zone, last }) => {
      const { scheduled, made } = jobs.get(name)!;
      // The controller looked at its clock up to a few seconds before the Job was there.
      const expected = [0, 1, 2, 5, 10].map(seconds =>
        read(schedule, zone).previous(new Date(+made - seconds * 1000), {
          anchor: last,
        }),
      );
      return expected.some(time => time && +time === +scheduled)
        ? []
        : [{ schedule, zone, last, scheduled, expected: expected[0] }];
    });
    expect(different).toEqual([]);
  });

  it('tick at their next time', async () => {
    const { metadata } = await bench.start('tick', '* * * * *');
    const jobs = await eventually(
      'the first Job',
      () => bench.firstJobs(),
      found => found.has('tick'),
      150,
    );
    expect(jobs.get('tick')!.scheduled).toEqual(
      read('* * * * *').next(metadata!.creationTimestamp!),
    );
  });
});
