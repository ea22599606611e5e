import pLimit from 'p-limit';
import { ClusterCallError } from '../clusters/ClusterCallError';
import type { Fleet } from '../clusters/types';
import type { ObservedAttempt } from './attemptsOfPods';
import { DEFAULT_LOG_LIMITS, readLog, type LogLimits } from './readLog';
import type { StoredLog } from './types';

/** Waits; rejects when the signal aborts. */
export type Sleep = (
  milliseconds: number,
  signal: AbortSignal,
) => Promise<void>;

/** How reading a log ended. `lost` is for ever; `failed` may be tried again when the cluster answers. */
export type CaptureResult =
  | { type: 'read'; log: StoredLog }
  | { type: 'lost'; note: string }
  | { type: 'failed'; note: string };

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 15_000;
/** About a minute of patience with a cluster that does not answer. */
const MOST_TRIES = 8;
/** A 400 or 404 may be the kubelet's, some moments behind; not for long. */
const MOST_TRIES_WHEN_REFUSED = 3;

/** Reads logs of ended containers: a bounded number at once per cluster, with patience. */
export class LogCapture {
  private readonly limits = new Map<string, ReturnType<typeof pLimit>>();

  constructor(
    private readonly options: {
      fleet: Fleet;
      sleep: Sleep;
      /** Logs read at once per cluster. */
      concurrency: number;
      limits?: LogLimits;
      random?: () => number;
    },
  ) {}

  /** Never throws, except the signal's reason when it aborts. */
  async capture(
    cluster: string,
    attempt: ObservedAttempt,
    secrets: readonly string[],
    signal: AbortSignal,
  ): Promise<CaptureResult> {
    for (let tries = 1; ; tries++) {
      try {
        const log = await this.limitOf(cluster)(() =>
          this.read(cluster, attempt, secrets, signal),
        );
        return { type: 'read', log };
      } catch (error) {
        signal.throwIfAborted();
        const end = this.endOf(error, tries, attempt);
        if (end) {
          return end;
        }
      }
      await this.options.sleep(this.delay(tries), signal);
    }
  }

  private async read(
    cluster: string,
    attempt: ObservedAttempt,
    secrets: readonly string[],
    signal: AbortSignal,
  ): Promise<StoredLog> {
    const client = this.options.fleet.cluster(cluster)?.client;
    if (!client) {
      throw new Error(`Cluster ${cluster} is not in the configuration`);
    }
    const stream = await client.podLog(attempt.namespace, attempt.pod, {
      container: attempt.container,
      previous: attempt.previous,
      signal,
    });
    return readLog(stream, secrets, this.options.limits ?? DEFAULT_LOG_LIMITS);
  }

  private endOf(
    error: unknown,
    tries: number,
    attempt: ObservedAttempt,
  ): CaptureResult | undefined {
    const reason = error instanceof Error ? error.message : String(error);
    const kind = error instanceof ClusterCallError ? error.kind : undefined;
    const gone = kind === 'not-found' || kind === 'invalid';
    if (gone && tries >= MOST_TRIES_WHEN_REFUSED) {
      return {
        type: 'lost',
        note: `The log of pod ${attempt.pod} was gone before it could be read (${reason})`,
      };
    }
    return tries >= MOST_TRIES || kind === 'refused'
      ? {
          type: 'failed',
          note: `The log of pod ${attempt.pod} could not be read (${reason}); it is tried again at the next contact`,
        }
      : undefined;
  }

  private delay(tries: number): number {
    const random = this.options.random ?? Math.random;
    const longest = Math.min(
      LONGEST_DELAY_MS,
      FIRST_DELAY_MS * 2 ** (tries - 1),
    );
    return longest * (0.5 + random() / 2);
  }

  private limitOf(cluster: string): ReturnType<typeof pLimit> {
    let limit = this.limits.get(cluster);
    if (!limit) {
      limit = pLimit(this.options.concurrency);
      this.limits.set(cluster, limit);
    }
    return limit;
  }
}
