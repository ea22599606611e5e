import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

/** A length of time in a template: seconds, a text as in Backstage's configuration (`30m`, `PT30M`), or its parts (`{ minutes: 30 }`). */
export type DurationInput = number | string | Record<string, number>;

/** Longest that a step waits for anything, in milliseconds: as long as the scaffolder lets a task be. */
const LONGEST = 24 * 60 * 60 * 1000;

/**
 * @param name - of the input, for the error
 * @returns milliseconds
 * @throws InputError
 */
export function millisecondsOf(name: string, value: DurationInput): number {
  const milliseconds =
    typeof value === 'number' ? value * 1000 : parse(name, value);
  if (!(milliseconds >= 0 && milliseconds <= LONGEST)) {
    throw new InputError(
      `The input ${name} must be between 0 and 24 hours, and is ${JSON.stringify(
        value,
      )}.`,
    );
  }
  return milliseconds;
}

function parse(name: string, value: string | Record<string, number>): number {
  try {
    return durationToMilliseconds(
      readDurationFromConfig(new ConfigReader({ [name]: value }), {
        key: name,
      }),
    );
  } catch {
    throw new InputError(
      `The input ${name} is no length of time: ${JSON.stringify(
        value,
      )}. Write seconds, a text such as '30m' or 'PT30M', or { minutes: 30 }.`,
    );
  }
}
