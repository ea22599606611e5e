import { DateTime } from 'luxon';
import {
  duration,
  exactTime,
  relativeTime,
  span,
  withLocalTimes,
} from './time';

const NOW = DateTime.fromISO('2026-11-23T12:00:00Z');

describe('relativeTime', () => {
  it.each([
    ['2026-11-23T11:59:58Z', 'just now'],
    ['2026-11-23T11:58:00Z', '2 minutes ago'],
    ['2026-11-23T06:00:00Z', '6 hours ago'],
    ['2026-11-24T12:00:00Z', 'in 1 day'],
  ])('says %s as %s', (iso, text) => {
    expect(relativeTime(iso, NOW)).toBe(text);
  });
});

describe('withLocalTimes', () => {
  it('puts each time of a message into the zone of the viewer', () => {
    const [since, until] = ['2026-11-23T10:42:00.838Z', '2026-11-23T11:00:00Z'];
    expect(withLocalTimes(`refused (since ${since}, till ${until}).`)).toBe(
      `refused (since ${exactTime(since)}, till ${exactTime(until)}).`,
    );
  });

  it('leaves other numbers alone', () => {
    const message = 'GET 127.0.0.1:1 answered 503 on 2026-11-23';
    expect(withLocalTimes(message)).toBe(message);
  });
});

describe('duration', () => {
  it.each([
    [0, '0 s'],
    [0.42, '0.4 s'],
    [41, '41 s'],
    [60, '1 min'],
    [185, '3 min 5 s'],
    [3720, '1 h 2 min'],
  ])('says %d seconds as %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

describe('span', () => {
  it.each([
    [90, '1 min 30 s'],
    [1700, '28 min 20 s'],
    [3600, '1 h'],
    [93_600, '26 h'],
    [604_800, '7 days'],
    [648_000, '7 days 12 h'],
  ])('says %d seconds as %s', (seconds, text) => {
    expect(span(seconds)).toBe(text);
  });
});
