import type { Measurement } from './scenarios/types';

/** Prints measurements as they come; those of the same thing stand together. */
export function print(measurements: Measurement[]): void {
  let heading: string | undefined;
  for (const { what, subject, value } of measurements) {
    if (what !== heading) {
      say(`\n${what}`);
      heading = what;
    }
    say(`  ${subject}: ${value}`);
  }
}

/** Prints one line. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
