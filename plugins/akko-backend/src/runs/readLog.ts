import type { StoredLog } from './types';
import { maskText } from '@akko/backstage-plugin-akko-common';

/** How much of a log is kept: its beginning and its end. */
export interface LogLimits {
  headBytes: number;
  tailBytes: number;
}

/** 1 MiB, most of it the end, where failures are. */
export const DEFAULT_LOG_LIMITS: LogLimits = {
  headBytes: 256 * 1024,
  tailBytes: 768 * 1024,
};

/** Cuts at a line break, so that neither a character nor a secret is torn: half a token would slip through the mask. */
function wholeLines(part: Buffer, side: 'head' | 'tail'): string {
  const text = part.toString('utf8');
  const at = side === 'head' ? text.lastIndexOf('\n') : text.indexOf('\n');
  if (at < 0) {
    return '';
  }
  return side === 'head' ? text.slice(0, at + 1) : text.slice(at + 1);
}

/** The end of a PEM block whose beginning was left out is still a key. */
function withoutTornPem(text: string): string {
  const end = text.indexOf('-----END ');
  const begin = text.indexOf('-----BEGIN ');
  return end >= 0 && (begin < 0 || end < begin) ? text.slice(end) : text;
}

/**
 * Reads a log stream to its end in bounded memory and masks it.
 *
 * @returns the text, with a line in the place of what was left out when it is longer than the limits
 */
export async function readLog(
  stream: NodeJS.ReadableStream,
  secrets: readonly string[] = [],
  limits: LogLimits = DEFAULT_LOG_LIMITS,
): Promise<StoredLog> {
  const head: Buffer[] = [];
  let headBytes = 0;
  let tail: Buffer[] = [];
  let tailBytes = 0;
  let total = 0;
  for await (const part of stream) {
    let chunk = Buffer.isBuffer(part) ? part : Buffer.from(part);
    total += chunk.length;
    if (headBytes < limits.headBytes) {
      const taken = chunk.subarray(0, limits.headBytes - headBytes);
      head.push(taken);
      headBytes += taken.length;
      chunk = chunk.subarray(taken.length);
    }
    tail.push(chunk);
    tailBytes += chunk.length;
    if (tailBytes > 2 * limits.tailBytes) {
      const kept = Buffer.concat(tail).subarray(-limits.tailBytes);
      tail = [kept];
      tailBytes = kept.length;
    }
  }
  const start = Buffer.concat(head);
  const end = Buffer.concat(tail);
  if (total <= limits.headBytes + limits.tailBytes) {
    return { text: maskText(Buffer.concat([start, end]).toString(), secrets) };
  }
  const first = maskText(wholeLines(start, 'head'), secrets);
  const last = maskText(
    withoutTornPem(wholeLines(end.subarray(-limits.tailBytes), 'tail')),
    secrets,
  );
  const left = total - Buffer.byteLength(first) - Buffer.byteLength(last);
  return {
    text: `${first}[… ${left} of ${total} bytes left out …]\n${last}`,
    cutBytes: total,
  };
}
