import { withoutUndefined } from '../json';

/** Writes the outputs of a step. */
export function writeOutputs<Output extends object>(
  context: { output(name: keyof Output, value: Output[keyof Output]): void },
  outputs: Output,
): void {
  const written = withoutUndefined(outputs);
  for (const name of Object.keys(written) as (keyof Output)[]) {
    context.output(name, written[name]);
  }
}
