interface Task {
  what: string;
  remove: () => Promise<unknown>;
}

/** Remembers what was made, and removes it at the end: the newest first, and the rest also where one fails. */
export class Cleanup {
  private readonly tasks: Task[] = [];

  /**
   * To be called before the thing is made, so that what was half made goes too.
   * @param remove - does no harm when the thing is not there
   */
  add(what: string, remove: () => Promise<unknown>): void {
    this.tasks.push({ what, remove });
  }

  /** @throws Error naming everything that is left */
  async run(): Promise<void> {
    const left: string[] = [];
    for (let task = this.tasks.pop(); task; task = this.tasks.pop()) {
      try {
        await task.remove();
      } catch (error) {
        left.push(`${task.what}: ${(error as Error).message}`);
      }
    }
    if (left.length) {
      throw new Error(`What could not be removed:\n${left.join('\n')}`);
    }
  }
}
