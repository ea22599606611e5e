/** What one field of a schedule stands for. */
export interface Field {
  values: ReadonlySet<number>;
  /** It was written as "any": `*` or `?` without a step. `1-31` has the same values and is not "any", which matters for days. */
  any: boolean;
}

/** The five fields of a schedule. */
export interface Calendar {
  minute: Field;
  hour: Field;
  dayOfMonth: Field;
  month: Field;
  weekday: Field;
}

interface FieldKind {
  key: keyof Calendar;
  title: string;
  low: number;
  high: number;
  /** Names of the values from `low` on. */
  names: string[];
  example: string;
  hint?: string;
}

/** The fields in the order in which they are written. */
export const FIELD_KINDS: FieldKind[] = [
  {
    key: 'minute',
    title: 'minute',
    low: 0,
    high: 59,
    names: [],
    example: '*/15',
  },
  { key: 'hour', title: 'hour', low: 0, high: 23, names: [], example: '3' },
  {
    key: 'dayOfMonth',
    title: 'day of month',
    low: 1,
    high: 31,
    names: [],
    example: '1,15',
  },
  {
    key: 'month',
    title: 'month',
    low: 1,
    high: 12,
    names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' '),
    example: 'jan-mar',
  },
  {
    key: 'weekday',
    title: 'weekday',
    low: 0,
    high: 6,
    names: 'sun mon tue wed thu fri sat'.split(' '),
    example: 'mon-fri',
    hint: 'Sunday is 0',
  },
];

/** Why a field cannot be read; the message is for a person. */
export class FieldProblem extends Error {}

/**
 * Reads one field: a comma-separated list of `*`, `?`, a value or a range, each perhaps with a step. As in the controller, empty list items
 * are no error (`1,,2`; a field of nothing but commas stands for no value at all), `*-5` is `*`, and a step may exceed the range.
 *
 * @throws FieldProblem
 */
export function parseField(kind: FieldKind, text: string): Field {
  const values = new Set<number>();
  let any = false;
  for (const item of text.split(',').filter(Boolean)) {
    try {
      const { low, high, step, wild } = parseItem(kind, item);
      for (let value = low; value <= high; value += step) {
        values.add(value);
      }
      any ||= wild && step === 1;
    } catch (error) {
      if (!(error instanceof FieldProblem)) {
        throw error;
      }
      throw new FieldProblem(
        `${kind.title} "${text}": ${error.message}; an example is "${kind.example}"`,
      );
    }
  }
  return { values, any };
}

function parseItem(kind: FieldKind, item: string) {
  const [range, stepText, ...moreSteps] = item.split('/');
  const [first, last, ...moreBounds] = range.split('-');
  const wild = first === '*' || first === '?';
  if (!wild && moreBounds.length > 0) {
    throw new FieldProblem(`"${range}" has more than one hyphen`);
  }
  const low = wild ? kind.low : parseValue(kind, first);
  const single = last === undefined;
  let high = wild ? kind.high : low;
  if (!wild && !single) {
    high = parseValue(kind, last);
  }
  if (moreSteps.length > 0) {
    throw new FieldProblem(`"${item}" has more than one slash`);
  }
  const step = stepText === undefined ? 1 : parseNumber(stepText);
  if (stepText !== undefined && single) {
    // "5/15" is short for "5-59/15".
    high = kind.high;
  }
  check(kind, low, high, step);
  return { low, high, step, wild };
}

function check(kind: FieldKind, low: number, high: number, step: number) {
  const hint = kind.hint ? ` (${kind.hint})` : '';
  if (low < kind.low) {
    throw new FieldProblem(`${low} is below the first, ${kind.low}${hint}`);
  }
  if (high > kind.high) {
    throw new FieldProblem(`${high} is above the last, ${kind.high}${hint}`);
  }
  if (low > high) {
    throw new FieldProblem(
      `the range begins at ${low}, after its end at ${high}${hint}`,
    );
  }
  if (step === 0) {
    throw new FieldProblem('the step is zero');
  }
}

function parseValue(kind: FieldKind, text: string): number {
  const name = kind.names.indexOf(text.toLowerCase());
  return name < 0 ? parseNumber(text, kind) : kind.low + name;
}

function parseNumber(text: string, kind?: FieldKind): number {
  const number = /^[+-]?[0-9]+$/.test(text) ? BigInt(text) : undefined;
  if (number !== undefined && number >= 0n && number < 2n ** 63n) {
    return Number(number);
  }
  const names = kind?.names.length ? ` or a name like "${kind.names[0]}"` : '';
  const hint =
    kind && /[LWH#~]/i.test(text)
      ? ', and L, W, H, # and ~ are not known to Kubernetes'
      : '';
  throw new FieldProblem(`"${text}" is not a number${names}${hint}`);
}
