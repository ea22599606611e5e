import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import {
  parseInstanceRef,
  type Attempt,
  type Run,
  createLineMasker,
  secretValuesOf,
} from '@akko/backstage-plugin-akko-common';
import { ClusterCallError } from '../clusters/ClusterCallError';
import { sleep, type Clock } from '../clusters/clock';
import type { Fleet } from '../clusters/types';
import { AkkoError } from '../errors';
import { attemptsOfPods, type ObservedAttempt } from '../runs/attemptsOfPods';
import { readLog } from '../runs/readLog';
import type { RunStore } from '../runs/types';

/** How often a container that has not started yet is looked at, in milliseconds. */
const LOOK_EVERY = 500;

/** A log to send: whole, or in pieces until the container ends. */
export interface SentLog {
  source: 'pod' | 'archive';
  content: string | Readable;
}

/** Which log is asked for. */
export interface LogQuery {
  attempt?: number;
  tail?: number;
  follow: boolean;
}

/** Logs of runs: from the archive when the container has ended, from its pod while it runs. Secrets are masked in both. */
export class RunLogs {
  constructor(
    private readonly options: { fleet: Fleet; runs: RunStore; clock: Clock },
  ) {}

  /** @throws AkkoError `invalid-request` for an attempt that the run did not have; ClusterCallError */
  async read(run: Run, query: LogQuery, signal: AbortSignal): Promise<SentLog> {
    const attempt = chosenAttempt(run, query.attempt);
    const archived =
      attempt && (await this.options.runs.readLog(run.id, attempt.number));
    if (archived) {
      return {
        source: 'archive',
        content: lastLines(archived.text, query.tail),
      };
    }
    if (isOver(run) && !run.live) {
      return { source: 'archive', content: '' };
    }
    return query.follow
      ? {
          source: 'pod',
          content: Readable.from(this.follow(run, query, signal)),
        }
      : {
          source: 'pod',
          content: await this.present(run, attempt, query, signal),
        };
  }

  private async present(
    run: Run,
    attempt: Attempt | undefined,
    query: LogQuery,
    signal: AbortSignal,
  ): Promise<string> {
    const observed = attempt && this.observed(run, attempt);
    if (!observed) {
      return '';
    }
    try {
      const stream = await this.open(run, observed, {
        tailLines: query.tail,
        signal,
      });
      const { text } = await readLog(stream, await this.secrets(run));
      return text;
    } catch (error) {
      if (hasNoLogYet(error)) {
        return '';
      }
      throw error;
    }
  }

  private async *follow(
    run: Run,
    query: LogQuery,
    signal: AbortSignal,
  ): AsyncGenerator<string> {
    const mask = createLineMasker(await this.secrets(run));
    while (!signal.aborted) {
      const now = (await this.options.runs.get(run.id)) ?? run;
      const attempt = chosenAttempt(now, query.attempt, { future: true });
      const observed = attempt && this.observed(now, attempt);
      const stream =
        observed && (await this.tryToFollow(now, observed, query, signal));
      if (stream) {
        for await (const line of createInterface({ input: stream })) {
          yield `${mask(line)}\n`;
        }
        return;
      }
      const archived =
        attempt && (await this.options.runs.readLog(run.id, attempt.number));
      if (archived || isOver(now)) {
        yield lastLines(archived?.text ?? '', query.tail);
        return;
      }
      await sleep(this.options.clock, LOOK_EVERY, signal);
    }
  }

  private async tryToFollow(
    run: Run,
    observed: ObservedAttempt,
    query: LogQuery,
    signal: AbortSignal,
  ): Promise<NodeJS.ReadableStream | undefined> {
    try {
      return await this.open(run, observed, {
        tailLines: query.tail,
        follow: true,
        signal,
      });
    } catch (error) {
      if (hasNoLogYet(error)) {
        return undefined;
      }
      throw error;
    }
  }

  private async open(
    run: Run,
    observed: ObservedAttempt,
    options: { tailLines?: number; follow?: boolean; signal: AbortSignal },
  ): Promise<NodeJS.ReadableStream> {
    const cluster = this.options.fleet.cluster(clusterOf(run));
    if (!cluster) {
      throw new AkkoError(
        'unknown-cluster',
        `The run is of cluster '${clusterOf(
          run,
        )}', which is no longer in the configuration.`,
      );
    }
    return cluster.client.podLog(observed.namespace, observed.pod, {
      container: observed.container,
      previous: observed.previous,
      ...options,
    });
  }

  private observed(run: Run, attempt: Attempt): ObservedAttempt | undefined {
    const mirror = this.options.fleet.cluster(clusterOf(run))?.mirror;
    const ofPod = attemptsOfPods(mirror?.podsOfJob(run.uid) ?? []).filter(
      ({ pod }) => pod === attempt.pod,
    );
    return (
      ofPod.find(({ startedAt }) => startedAt === attempt.startedAt) ??
      ofPod.at(-1)
    );
  }

  private async secrets(run: Run): Promise<string[]> {
    return secretValuesOf(await this.options.runs.readManifest(run.id));
  }
}

function chosenAttempt(
  run: Run,
  number: number | undefined,
  { future = false } = {},
): Attempt | undefined {
  if (number === undefined) {
    return run.attempts.at(-1);
  }
  const attempt = run.attempts.find(other => other.number === number);
  if (!attempt && !(future && !isOver(run))) {
    throw new AkkoError(
      'invalid-request',
      `The run has no attempt ${number}; it has ${run.attempts.length}.`,
      { details: [{ field: 'attempt', message: 'is none of this run' }] },
    );
  }
  return attempt;
}

function isOver({ state }: Run): boolean {
  return state !== 'pending' && state !== 'running';
}

/** 400 while the container is waiting to start, 404 when its pod has just gone. */
function hasNoLogYet(error: unknown): boolean {
  return (
    error instanceof ClusterCallError &&
    (error.kind === 'invalid' || error.kind === 'not-found')
  );
}

function clusterOf(run: Run): string {
  return parseInstanceRef(run.instance)?.cluster ?? run.instance;
}

function lastLines(text: string, count: number | undefined): string {
  if (count === undefined) {
    return text;
  }
  const lines = text.split('\n');
  const isEnded = lines.at(-1) === '';
  return lines.slice(-(count + (isEnded ? 1 : 0))).join('\n');
}
