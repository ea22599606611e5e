import { createHash } from 'node:crypto';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type { JsonValue } from '@backstage/types';

/** What a step knows of its task. */
export type TaskContext = Pick<
  ActionContext<any, any>,
  'checkpoint' | 'each' | 'input' | 'step' | 'task'
>;

/**
 * Which try of a step this is, so that it neither asks twice nor clings to a failure.
 *
 * A task that is taken up again after a crash runs its step anew, with the same task id: it must get the operation that it asked for before. A
 * person who presses Retry on a failed task also gets the same task id: they want a new operation. What tells the two apart is that the first
 * try came to its end, which it writes down before it fails.
 *
 * Keys are made of the task, the step and its input, because all rounds of an `each` loop share one step id.
 */
export class Attempts {
  private constructor(
    private readonly task: TaskContext,
    private readonly hash: string,
    private readonly number: number,
  ) {}

  /** Finds out which try this is. */
  static async of(task: TaskContext): Promise<Attempts> {
    const { each, input, step } = task;
    const hash = createHash('sha256')
      .update(JSON.stringify([step?.id, each, input]))
      .digest('hex')
      .slice(0, 24);
    for (let number = 1; ; number++) {
      const attempts = new Attempts(task, hash, number);
      if (!(await attempts.hasEnded())) {
        return attempts;
      }
    }
  }

  /** Same for all runs of this try. */
  idempotencyKey(name: string): string {
    return `scaffolder:${this.task.task.id}:${this.hash}:${this.number}:${name}`;
  }

  /** Does it once in this try; a run that comes after a crash gets what was written down. */
  once<Result extends JsonValue>(
    name: string,
    fn: () => Promise<Result>,
  ): Promise<Result> {
    return this.task.checkpoint({ key: this.keyOf(name), fn });
  }

  /** This try has failed for good: the next run of the step is another try. */
  async end(): Promise<void> {
    await this.once('ended', async () => true);
  }

  /** Checkpoints can only be read by trying to pass them; one that was not passed leaves no value behind. */
  private async hasEnded(): Promise<boolean> {
    const notReached = new Error('This try has not ended.');
    try {
      return await this.once('ended', () => Promise.reject(notReached));
    } catch (error) {
      if (error !== notReached) {
        throw error;
      }
      return false;
    }
  }

  private keyOf(name: string): string {
    return `akko.${this.hash}.${this.number}.${name}`;
  }
}
