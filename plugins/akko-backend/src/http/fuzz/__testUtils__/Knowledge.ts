import type { Operation } from './ApiDocument';
import { listOf, urlOf, type Answer, type SentRequest } from './Client';

/** Most of each kind that are kept; the newest replace others. */
const MOST = 200;

/** What the ids in an operation's answers are of. */
const KIND_OF_ID: Record<string, string> = {
  ListRuns: 'runs',
  ListBackupEntries: 'runs',
  ListOperations: 'operations',
  RequestOperation: 'operations',
};

/**
 * What a caller learns from answers and uses in later requests: ids of runs and operations, cursors and ETags. Requests are drawn with numbers in
 * their place; a number stands for one of those that are known when the request is sent.
 */
export class Knowledge {
  private readonly values = new Map<string, string[]>();
  /** Cursors by the list that they are of. */
  private readonly cursors = new Map<string, string>();
  /** ETags by the URL that they are of. */
  private readonly etags = new Map<string, string>();

  /** @param kind - `runs` or `operations` */
  pick(kind: string, index: number): string {
    const known = this.values.get(kind) ?? [];
    return known[index % known.length] ?? 'unknown';
  }

  /** The cursor to the next page of a list; some other list's where there is none. */
  cursorOf(list: string): string | undefined {
    return this.cursors.get(list) ?? [...this.cursors.values()].at(-1);
  }

  /** The ETag of a URL; some other's where there is none. */
  etagOf(url: string): string {
    return this.etags.get(url) ?? [...this.etags.values()].at(-1) ?? 'W/""';
  }

  learn(
    operation: Operation,
    { path, query }: SentRequest,
    { headers, text }: Answer,
  ): void {
    if (headers.etag) {
      this.etags.set(urlOf({ path, query }), headers.etag);
    }
    if (!headers['content-type']?.startsWith('application/json')) {
      return;
    }
    const body = JSON.parse(text);
    if (typeof body?.nextCursor === 'string') {
      this.cursors.set(listOf(path, query), body.nextCursor);
    }
    const ids = (Array.isArray(body?.items) ? body.items : [body])
      .map((item: { id?: string }) => item?.id)
      .filter((id: unknown) => typeof id === 'string');
    const kind = KIND_OF_ID[operation.id];
    if (kind) {
      ids.forEach((id: string) => this.add(kind, id));
    }
  }

  private add(kind: string, value: string): void {
    const known = this.values.get(kind) ?? [];
    if (!known.includes(value)) {
      // A place that is always the same for the same value.
      known[known.length < MOST ? known.length : hashOf(value) % MOST] = value;
      this.values.set(kind, known);
    }
  }
}

function hashOf(text: string): number {
  return [...text].reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003,
    7,
  );
}
