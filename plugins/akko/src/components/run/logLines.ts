/** Lines of a log; a line break at the end begins no further line. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') {
    lines.pop();
  }
  return lines;
}

/** Numbers of the lines, from 0, that contain the text, whatever its case. */
export function matchesIn(lines: readonly string[], text: string): number[] {
  const wanted = text.trim().toLocaleLowerCase();
  return wanted === ''
    ? []
    : lines.flatMap((line, index) =>
        line.toLocaleLowerCase().includes(wanted) ? [index] : [],
      );
}

/** The line that tells what went wrong: the last one that is the run's error line. -1: none. */
export function errorLineIn(
  lines: readonly string[],
  errorLine: string | undefined,
): number {
  const wanted = errorLine?.trim();
  return wanted
    ? lines.map(line => line.includes(wanted)).lastIndexOf(true)
    : -1;
}
