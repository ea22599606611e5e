import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';

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
    const reader = createInterface({ input: response });
    this.ended = new Promise(resolve => {
      const finish = () => {
        this.isOver = true;
        this.notify();
        resolve();
      };
      reader.on('line', line => {
        this.lines.push(line);
        this.notify();
      });
      reader.on('close', finish);
      response.on('error', finish);
    });
  }

  get status(): number {
    return this.response.statusCode ?? 0;
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
