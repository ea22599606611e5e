import type { KubernetesStatus } from './callErrors';

/** One line of a watch. */
export type WatchEvent =
  | {
      type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
      object: { metadata?: { resourceVersion?: string } };
    }
  | { type: 'ERROR'; object: KubernetesStatus };

/**
 * Reads the events of a watch, which are JSON objects separated by line breaks.
 * @throws Error for a line that is no JSON, and where the stream ends within a line: a connection that was cut
 */
export async function* readWatchEvents(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<WatchEvent> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  for await (const chunk of body) {
    const lines = decoder.decode(chunk, { stream: true }).split('\n');
    // Pieces of a long line are joined once, not once per chunk.
    parts.push(lines[0]);
    for (const next of lines.slice(1)) {
      const line = parts.join('');
      parts = [next];
      if (line.trim() !== '') {
        yield parseEvent(line);
      }
    }
  }
  if (parts.join('').trim() !== '') {
    throw new Error('the watch was cut within an event');
  }
}

function parseEvent(line: string): WatchEvent {
  try {
    return JSON.parse(line) as WatchEvent;
  } catch (cause) {
    throw new Error('the watch sent an event that is not JSON', { cause });
  }
}
