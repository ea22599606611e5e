import { setTimeout as sleep } from 'node:timers/promises';
import { JobError, toJobError } from './JobError';
import type { Log } from './Log';

/** What is waited for. */
export interface WaitOptions<T> {
  /** The service, as `postgresql`. */
  service: string;
  /** Where it is asked, as `akko-postgresql:5432`. */
  address: string;
  /** Asks once. A {@link JobError} `service-unavailable` means not yet; every other failure ends the wait. */
  probe: () => Promise<T>;
  /** Seconds until giving up. */
  seconds: number;
  log: Log;
  /** Ends the wait early. */
  signal?: AbortSignal;
  /** For tests: the time and the pause. */
  clock?: {
    now(): number;
    sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  };
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;
const GROWTH = 1.6;

const systemClock = {
  now: () => Date.now(),
  sleep: async (milliseconds: number, signal?: AbortSignal) => {
    await sleep(milliseconds, undefined, { signal });
  },
};

/**
 * Asks until the service is ready, with growing pauses.
 * @returns what the probe that succeeded returned
 * @throws JobError `service-unavailable`, when it was not ready in time; whatever else the probe met
 */
export async function waitUntilReady<T>(options: WaitOptions<T>): Promise<T> {
  const { service, address, probe, log, signal } = options;
  const clock = options.clock ?? systemClock;
  const started = clock.now();
  const end = started + options.seconds * 1000;
  let pause = FIRST_PAUSE;
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      const result = await probe();
      if (attempt > 1) {
        log.info(
          `${service} at ${address} is ready after ${secondsSince(
            started,
            clock,
          )} s`,
        );
      }
      return result;
    } catch (thrown) {
      const error = toJobError(thrown);
      if (error.code !== 'service-unavailable') {
        throw error;
      }
      if (clock.now() + pause > end) {
        throw new JobError({
          code: 'service-unavailable',
          service,
          message: `${error.message} It was not ready within ${options.seconds} s.`,
          nextStep: error.nextStep ?? nextStepFor(service, address),
          cause: error,
        });
      }
      log.info(`waiting for ${service} at ${address}: ${error.message}`, {
        service,
        address,
        attempt,
      });
      await clock.sleep(pause, signal);
      pause = Math.min(pause * GROWTH, LONGEST_PAUSE);
    }
  }
}

/** What to do about a service that does not answer. */
export function nextStepFor(service: string, address: string): string {
  const [host] = address.replace(/^\w+:\/\//, '').split(/[:/]/);
  return `Check that ${service} runs (kubectl get pods,endpointslices | grep ${host}), that a NetworkPolicy lets this Job reach it, and that the address is right; then run the job again.`;
}

function secondsSince(started: number, clock: { now(): number }): string {
  return ((clock.now() - started) / 1000).toFixed(1);
}
