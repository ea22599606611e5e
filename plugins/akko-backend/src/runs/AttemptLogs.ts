import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Attempt, Run } from '@akko/backstage-plugin-akko-common';
import { mayHaveLog, type ObservedAttempt } from './attemptsOfPods';
import { errorLineOfLog } from './errorLineOfLog';
import type { LogCapture, Sleep } from './LogCapture';
import { retryUntilDone } from './retryUntilDone';
import type { RunStore } from './types';

interface AttemptLogsOptions {
  cluster: string;
  store: RunStore;
  logs: LogCapture;
  logger: LoggerService;
  sleep: Sleep;
  signal: AbortSignal;
  /** A log was stored, or it is known why not. */
  onProgress(): void;
}

function keyOf(attempt: ObservedAttempt): string {
  return attempt.containerId ?? `${attempt.pod}#${attempt.restart}`;
}

/**
 * The attempt in the stored run. Times are whole seconds, so two executions in one pod may start at the same time: number and start are
 * both looked at.
 */
function storedAttempt(
  run: Run,
  attempt: ObservedAttempt,
): Attempt | undefined {
  const ofPod = run.attempts.filter(({ pod }) => pod === attempt.pod);
  const isNumber = ({ number }: Attempt) => number === attempt.number;
  const isStart = ({ startedAt }: Attempt) => startedAt === attempt.startedAt;
  return (
    ofPod.find(stored => isNumber(stored) && isStart(stored)) ??
    ofPod.find(isStart) ??
    ofPod.find(isNumber)
  );
}

/** The logs of one run's attempts on their way into the history: which are stored, being read, or lost. */
export class AttemptLogs {
  private readonly reading = new Map<string, Promise<void>>();
  private readonly stored = new Set<string>();
  private readonly notes = new Map<string, { text: string; final: boolean }>();
  private telling?: { attempt: number; line: string };

  constructor(private readonly options: AttemptLogsOptions) {}

  /** The line that tells most of the last failed attempt whose log was read here. */
  get errorLine(): string | undefined {
    return this.telling?.line;
  }

  get isReading(): boolean {
    return this.reading.size > 0;
  }

  /** Why the log of this attempt is not kept. */
  noteOf(attempt: ObservedAttempt): string | undefined {
    return this.notes.get(keyOf(attempt))?.text;
  }

  /** What could not be read because the cluster did not answer is read again. */
  retry(): void {
    this.notes.forEach(({ final }, key) => !final && this.notes.delete(key));
  }

  /** Begins to read the logs that are whole and not stored yet. */
  capture(
    run: Run,
    attempts: readonly ObservedAttempt[],
    secrets: readonly string[],
  ): void {
    for (const attempt of attempts) {
      const key = keyOf(attempt);
      const known = storedAttempt(run, attempt);
      if (known?.hasLog && known.exitCode !== undefined) {
        this.stored.add(key);
      }
      const isSettled =
        this.stored.has(key) || this.reading.has(key) || this.notes.has(key);
      if (known && !isSettled && mayHaveLog(attempt)) {
        const work = this.read(run.id, attempt, known.number, secrets)
          .catch(error => this.report(error, run.id, known.number))
          .finally(() => {
            this.reading.delete(key);
            this.options.onProgress();
          });
        this.reading.set(key, work);
      }
    }
  }

  /** Resolves when what is being read now is stored or given up. */
  async settled(): Promise<void> {
    await Promise.all(this.reading.values());
  }

  private async read(
    runId: string,
    attempt: ObservedAttempt,
    number: number,
    secrets: readonly string[],
  ): Promise<void> {
    const { cluster, logs, store, logger, sleep, signal } = this.options;
    const key = keyOf(attempt);
    const result = await logs.capture(cluster, attempt, secrets, signal);
    if (result.type !== 'read') {
      logger.warn(`${result.note}; run ${runId}`);
      this.notes.set(key, {
        text: result.note,
        final: result.type === 'lost',
      });
      return;
    }
    // The pod may be gone by now, so the log in hand is not given up for a database that is away.
    await retryUntilDone(() => store.saveLog(runId, number, result.log), {
      sleep,
      signal,
      onError: error => this.report(error, runId, number),
    });
    this.stored.add(key);
    const line =
      attempt.exitCode === 0 ? undefined : errorLineOfLog(result.log.text);
    if (line && number >= (this.telling?.attempt ?? 0)) {
      this.telling = { attempt: number, line };
    }
  }

  private report(error: unknown, runId: string, number: number): void {
    if (!this.options.signal.aborted) {
      this.options.logger.error(
        `Log of attempt ${number} of run ${runId} could not be stored`,
        error as Error,
      );
    }
  }
}
