/** A line of a log that can be shown. */
export interface LogLine {
  /** Counted from 1 in the text as it was given. */
  number: number;
  text: string;
}

/** Of the end of a log; a log that is longer has said what matters last. */
const LONGEST_LOG = 256 * 1024;
/** Rules are linear in a line, and lines of this length are for machines. */
const LONGEST_LINE = 1000;

// Colours and cursor movements of programs that think they are in a terminal.
// eslint-disable-next-line no-control-regex
const ESCAPES = /\u001b\[[0-9;?]{0,20}[ -/]{0,4}[@-~]/g;
/** Also what turns the direction of a text, and other marks that are not seen. */
const UNSEEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Fit to be shown: one line, no control characters, not too long. */
export function tidy(text: string, longest = LONGEST_LINE): string {
  return text
    .slice(0, longest * 2)
    .replace(ESCAPES, '')
    .replace(/[\n\r\t]+/g, ' ')
    .replace(UNSEEN, '')
    .trim()
    .slice(0, longest);
}

/** The lines at the end of a log, oldest first, without empty ones. */
export function logLines(text: string): LogLine[] {
  const cut = Math.max(0, text.length - LONGEST_LOG);
  let before = 0;
  for (
    let index = text.indexOf('\n');
    index !== -1 && index < cut;
    index = text.indexOf('\n', index + 1)
  ) {
    before++;
  }
  return text
    .slice(cut)
    .split('\n')
    .map((line, index) => ({ number: before + index + 1, text: tidy(line) }))
    .filter(line => line.text !== '');
}
