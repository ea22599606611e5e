/** A line is shown in a table's cell; more is in the log. */
const LONGEST_LINE = 500;

const NOISE =
  /\b(?:no|0|without) (?:errors?|failures?)\b|\berrors?[=:]\s*0\b|^\s+at \S+|^command terminated|exit (?:status|code)\b|\bignor(?:ed|ing)\b|already (?:exists|own)|\bnext step:/i;

const STRONG =
  /\b(?:fatal|panic|critical)\b|\berror\b|(?:error|exception)(?:\s*[:(]|$)/i;

const WEAK =
  /\b(?:failed|failure|refused|denied|unauthori[sz]ed|forbidden|timed? ?out|timeout|not found|no such|cannot|could not|couldn't|unable to|does not exist|invalid|unreachable|HTTP(?:\/[\d.]+)? [45]\d\d)\b/i;

function tidy(line: string): string {
  return (
    line
      // Colours and cursor movements of programs that think they are in a terminal.
      // eslint-disable-next-line no-control-regex
      .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '')
      .replace(/[\u0000-\u0008\u000b-\u001f]/g, '') // eslint-disable-line no-control-regex
      .trim()
      .slice(0, LONGEST_LINE)
  );
}

/**
 * The line of a failed run's log that tells most: the last that says error, fatal or exception; else the last that speaks of a failure; else
 * the last line that is not empty. The last rather than the first, because init jobs retry and the last attempt is what ended them.
 */
export function errorLineOfLog(log: string): string | undefined {
  const lines = log
    .split('\n')
    .map(line => ({ line: tidy(line), noise: NOISE.test(line) }))
    .filter(({ line }) => line !== '');
  const telling = lines.filter(({ noise }) => !noise).reverse();
  const chosen =
    telling.find(({ line }) => STRONG.test(line)) ??
    telling.find(({ line }) => WEAK.test(line)) ??
    lines[lines.length - 1];
  return chosen?.line;
}
