import { tidy } from './model/logLines';

/** Kubernetes names and values are shorter; what is longer is none. */
const LONGEST_ARGUMENT = 300;

/** One argument for a POSIX shell: whatever stands in it, it stays one argument. */
export function quote(argument: string): string {
  const clean = tidy(argument, LONGEST_ARGUMENT);
  return /^[\w@%+=:,./-]+$/.test(clean)
    ? clean
    : `'${clean.replace(/'/g, `'\\''`)}'`;
}

/** A command line of which every argument is quoted. A text in `{raw}` stands as it is. */
export function command(
  ...parts: readonly (string | { raw: string })[]
): string {
  return parts
    .map(part => (typeof part === 'string' ? quote(part) : part.raw))
    .join(' ');
}

/** `kubectl VERB --namespace=NS …`: names never begin an argument, so that none is taken for an option. */
export function kubectl(
  verb: string,
  namespace: string | undefined,
  ...rest: readonly (string | { raw: string })[]
): string {
  return command(
    'kubectl',
    verb,
    ...(namespace ? [`--namespace=${namespace}`] : []),
    ...rest,
  );
}
