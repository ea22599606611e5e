import type { Log } from '../../core/Log';

const STEP_PERCENT = 10;

/** One line of a pull. */
export interface PullEvent {
  status?: string;
  digest?: string;
  /** Bytes of this part of the model. */
  total?: number;
  completed?: number;
}

/** Tells how far a pull is, every ten percent of what is known to be loaded. */
export class PullProgress {
  private readonly parts = new Map<
    string,
    { total: number; completed: number }
  >();
  private status?: string;
  private told = 0;

  constructor(private readonly model: string, private readonly log: Log) {}

  add({ status, digest, total, completed }: PullEvent): void {
    if (digest && total) {
      this.parts.set(digest, { total, completed: completed ?? 0 });
      this.tellPercent();
    } else if (status && status !== this.status) {
      this.status = status;
      this.log.debug(`pulling ${this.model}: ${status}`);
    }
  }

  private tellPercent(): void {
    const parts = [...this.parts.values()];
    const total = sum(parts.map(part => part.total));
    const completed = sum(parts.map(part => part.completed));
    const reached =
      Math.floor((completed / total) * (100 / STEP_PERCENT)) * STEP_PERCENT;
    // Parts that become known later let the share fall again; that is not told.
    if (reached > this.told) {
      this.told = reached;
      this.log.info(
        `pulling ${this.model}: ${reached} % of ${inWords(total)}`,
        { model: this.model, percent: reached, bytes: total },
      );
    }
  }
}

function sum(numbers: number[]): number {
  return numbers.reduce((one, other) => one + other, 0);
}

function inWords(bytes: number): string {
  return bytes >= 1e9
    ? `${(bytes / 1e9).toFixed(1)} GB`
    : `${(bytes / 1e6).toFixed(1)} MB`;
}
