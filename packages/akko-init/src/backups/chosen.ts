import { z } from 'zod';

/** Which of the things that are there are taken: all, unless some are named. */
export const choiceConfig = z
  .strictObject({
    /** Only these; all where none is named. */
    include: z.array(z.string().min(1)).default([]),
    /** Not these. */
    exclude: z.array(z.string().min(1)).default([]),
  })
  .prefault({});

/** See {@link choiceConfig}. */
export type Choice = z.output<typeof choiceConfig>;

/** Whether a name is among those that are taken. */
export function isChosen({ include, exclude }: Choice, name: string): boolean {
  return (
    (include.length === 0 || include.includes(name)) && !exclude.includes(name)
  );
}

/** Names that are asked for and not there: without them, a backup would lack what somebody relies on. */
export function missingOf(
  { include }: Choice,
  there: readonly string[],
): string[] {
  return include.filter(name => !there.includes(name));
}
