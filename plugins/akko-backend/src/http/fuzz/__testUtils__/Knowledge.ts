import type { Operation } from './ApiDocument';

/** Most of each kind that are kept; the newest replace others. */
const MOST = 200;

/**
 * What a caller learns from answers and uses in later requests: the fleet's names, ids of runs and operations, cursors and ETags. Requests are
 * drawn with numbers in the place of these; a number stands for one of what is known when the request is sent.
 */
export class Knowledge {
  private readonly values = new Map<string, string[]>();
  /** Cursors by the list that they are of. */
  private readonly cursors = new Map<string, string>();

  constructor(names: Record<string, string[]>) {
    Object.entries(names).forEach(([kind, known]) =>
      this.values.set(kind, [...known]),
    );
  }

  /** @param kind - such as `run` or `namespace` */
  pick(kind: string, index: number): string {
    const known = this.values.get(kind) ?? [];
    return known[index % known.length] ?? 'unknown';
  }

  /** The cursor to the next page of a list; some other list's where there is none. */
  cursorOf(list: string): string | undefined {
    return this.cursors.get(list) ?? [...this.cursors.values()].at(-1);
  }

  /** @param list - the path and filters that were asked with */
  learn(operation: Operation, list: string, body: any, etag?: string): void {
    if (etag) {
      this.add('etag', etag);
    }
    if (typeof body?.nextCursor === 'string') {
      this.cursors.set(list, body.nextCursor);
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

/** What the ids in an operation's answers are of. */
const KIND_OF_ID: Record<string, string> = {
  ListRuns: 'run',
  ListBackupEntries: 'run',
  ListOperations: 'operation',
  RequestOperation: 'operation',
};

function hashOf(text: string): number {
  return [...text].reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003,
    7,
  );
}
