import fc from 'fast-check';
import { IANAZone } from 'luxon';

/** One field as written, and the values and "any" that it stands for, worked out by how it was made. */
export interface WrittenField {
  text: string;
  values: number[];
  any: boolean;
}

const KINDS = [
  { low: 0, high: 59, names: [] },
  { low: 0, high: 23, names: [] },
  { low: 1, high: 31, names: [] },
  {
    low: 1,
    high: 12,
    names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' '),
  },
  { low: 0, high: 6, names: 'sun mon tue wed thu fri sat'.split(' ') },
];

const span = (low: number, high: number, step = 1) => {
  const values: number[] = [];
  for (let value = low; value <= high; value += step) {
    values.push(value);
  }
  return values;
};

function item({ low, high, names }: (typeof KINDS)[number]) {
  const value = fc
    .record({ number: fc.integer({ min: low, max: high }), look: fc.nat(3) })
    .map(({ number, look }) => {
      const name = names[number - low];
      return {
        number,
        text: [name, name?.toUpperCase(), `0${number}`][look] ?? String(number),
      };
    });
  const step = fc.integer({ min: 1, max: high + 5 });
  const range = fc
    .tuple(value, value)
    .map(pair => pair.sort((one, other) => one.number - other.number));
  return fc.oneof(
    {
      weight: 3,
      arbitrary: value.map(({ text, number }) => ({
        text,
        values: [number],
        any: false,
      })),
    },
    fc.constantFrom('*', '?').map(text => ({
      text,
      values: span(low, high),
      any: true,
    })),
    fc.tuple(fc.constantFrom('*', '?'), step).map(([text, by]) => ({
      text: `${text}/${by}`,
      values: span(low, high, by),
      any: by === 1,
    })),
    fc.tuple(value, step).map(([{ text, number }, by]) => ({
      text: `${text}/${by}`,
      values: span(number, high, by),
      any: false,
    })),
    range.map(([first, last]) => ({
      text: `${first.text}-${last.text}`,
      values: span(first.number, last.number),
      any: false,
    })),
    fc.tuple(range, step).map(([[first, last], by]) => ({
      text: `${first.text}-${last.text}/${by}`,
      values: span(first.number, last.number, by),
      any: false,
    })),
  );
}

const field = (kind: (typeof KINDS)[number]) =>
  fc.oneof(
    fc.constant({ text: '*', values: span(kind.low, kind.high), any: true }),
    fc.array(item(kind), { minLength: 1, maxLength: 3 }).map(
      (items): WrittenField => ({
        text: items.map(({ text }) => text).join(','),
        values: items.flatMap(({ values }) => values),
        any: items.some(({ any }) => any),
      }),
    ),
  );

/** Five fields that Kubernetes reads. */
export const fields = fc.tuple(
  field(KINDS[0]),
  field(KINDS[1]),
  field(KINDS[2]),
  field(KINDS[3]),
  field(KINDS[4]),
);

/** A schedule of five fields, as text. */
export const schedule = fields.map(parts =>
  parts.map(({ text }) => text).join(' '),
);

/** A schedule with a few characters changed; some can still be read. */
export const brokenSchedule = fc
  .record({
    text: schedule,
    edits: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        drop: fc.nat(1),
        add: fc.constantFrom(...'0123456789*?/-,+ @LW#.ajmsn', ''),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ text, edits }) =>
    edits.reduce((current, { at, drop, add }) => {
      const position = Math.floor(at * current.length);
      return current.slice(0, position) + add + current.slice(position + drop);
    }, text),
  );

/** Zones whose clocks change by an hour, on the hour and not at midnight, if at all. */
export const PLAIN_ZONES = [
  'UTC',
  'Europe/Paris',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Australia/Sydney',
];

/** Zones in whose changes of clocks the controller's walk shows. */
export const ODD_ZONES = [
  'Africa/Cairo',
  'America/Havana',
  'America/Nuuk',
  'America/Santiago',
  'Antarctica/Troll',
  'Asia/Beirut',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
];

/** Any second of ten years. */
export const moment = fc
  .integer({
    min: Date.UTC(2023, 0, 1) / 1000,
    max: Date.UTC(2033, 0, 1) / 1000,
  })
  .map(seconds => new Date(seconds * 1000));

/** The moments of 2026 at which a zone's clocks are changed, all of which are at a full or half hour. */
export function changesOfClocks(zone: string): Date[] {
  const rules = IANAZone.create(zone);
  const half = 30 * 60_000;
  const found: Date[] = [];
  let at = Date.UTC(2026, 0, 1);
  while (at < Date.UTC(2027, 0, 1)) {
    // A day at a time as long as nothing changes in it, for asking takes time.
    const step = rules.offset(at) === rules.offset(at + 48 * half) ? 48 : 1;
    if (rules.offset(at) !== rules.offset(at - half)) {
      found.push(new Date(at));
    }
    at += step * half;
  }
  return found;
}
