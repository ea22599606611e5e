import { fork, type ChildProcess } from 'node:child_process';

interface Answer {
  id: number;
  result?: unknown;
  error?: string;
}

/** A process of its own, so that its memory and processor time are not mixed with those of what is measured. */
export class Child {
  private nextId = 0;
  private readonly waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();

  private constructor(private readonly process: ChildProcess) {
    process.on('message', message => this.onAnswer(message as Answer));
    process.on('exit', code => {
      for (const { reject } of this.waiting.values()) {
        reject(new Error(`The process ended with code ${code}`));
      }
      this.waiting.clear();
    });
  }

  /** @param module - path below `bench/src`, which calls {@link serve} */
  static start(module: string, env: Record<string, string> = {}): Child {
    return new Child(
      fork(require.resolve(`./${module}`), {
        env: { ...process.env, LOG_LEVEL: 'error', ...env },
        execArgv: [
          '--expose-gc',
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        ],
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      }),
    );
  }

  /** Calls a function that the module serves. */
  async ask<Result>(name: string, argument?: unknown): Promise<Result> {
    const id = this.nextId++;
    return new Promise<Result>((accept, reject) => {
      this.waiting.set(id, {
        resolve: value => accept(value as Result),
        reject,
      });
      this.process.send({ id, name, argument });
    });
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) {
      return;
    }
    const ended = new Promise(done => this.process.once('exit', done));
    this.process.kill('SIGKILL');
    await ended;
  }

  private onAnswer(answer: Answer) {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (answer.error) {
      waiting?.reject(new Error(answer.error));
    } else {
      waiting?.resolve(answer.result);
    }
  }
}

/** Called by a child's module: answers what {@link Child.ask} asks. */
export function serve(
  functions: Record<string, (argument: any) => Promise<unknown> | unknown>,
): void {
  process.on('message', async (message: any) => {
    try {
      const result = await functions[message.name](message.argument);
      process.send!({ id: message.id, result });
    } catch (error) {
      process.send!({
        id: message.id,
        error: error instanceof Error ? error.stack : String(error),
      });
    }
  });
}
