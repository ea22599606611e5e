import type { IncomingMessage } from 'node:http';

/** A line of a watch. */
export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: any;
}

/** Keeps the lines of a stream and waits for those that a test needs. */
export class WatchReader {
  readonly lines: string[] = [];
  /** Settles when the server ends the stream. */
  readonly ended: Promise<void>;
  private readonly waiting = new Set<() => void>();
  private isOver = false;

  constructor(private readonly response: IncomingMessage) {
    let rest = '';
    response.setEncoding('utf8');
    response.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      this.lines.push(...lines);
      this.notify();
    });
    this.ended = new Promise(resolve => {
      // A broken connection is an end like any other here; `close` follows.
      response.on('error', () => {});
      response.on('close', () => {
        this.isOver = true;
        this.notify();
        resolve();
      });
    });
  }

  get status(): number {
    return this.response.statusCode ?? 0;
  }

  get isOpen(): boolean {
    return !this.isOver;
  }

  get events(): WatchEvent[] {
    return this.lines
      .filter(line => line.trim() !== '')
      .map(line => JSON.parse(line) as WatchEvent);
  }

  /** The first event that fits, seen already or to come. @throws Error when the stream ends before */
  async event(isWanted: (event: WatchEvent) => boolean): Promise<WatchEvent> {
    await this.until(() => this.events.some(isWanted));
    return this.events.find(isWanted)!;
  }

  /** @throws Error when the stream ends before */
  async until(isDone: () => boolean): Promise<void> {
    while (!isDone()) {
      if (this.isOver) {
        throw new Error(
          `The stream ended before what was waited for came. It said:\n${this.lines.join(
            '\n',
          )}`,
        );
      }
      await new Promise<void>(resolve => this.waiting.add(resolve));
    }
  }

  close(): void {
    this.response.destroy();
  }

  private notify(): void {
    this.waiting.forEach(resolve => resolve());
    this.waiting.clear();
  }
}
