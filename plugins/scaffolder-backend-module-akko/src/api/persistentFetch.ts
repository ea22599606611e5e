import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Clock } from '../time/clock';
import { duration } from '../words';

/** How long a portal that does not answer is asked again, in milliseconds: long enough for a restart. */
const PATIENCE = 5 * 60_000;
const SHORTEST_DELAY = 1000;
const LONGEST_DELAY = 30_000;
/** An answer that takes longer than this, in milliseconds, will not come; it is more than the API lets anybody wait. */
const NO_ANSWER = 90_000;

/** What {@link persistentFetch} works with. */
export interface PersistentFetchOptions {
  clock: Clock;
  logger: LoggerService;
  /** Ends requests and the waits between them. */
  signal: AbortSignal;
  /** Called for each request anew, because tokens expire. */
  token: () => Promise<string>;
  /** In [0, 1). */
  random?: () => number;
}

/** An answer that is no lasting one, or none at all. */
interface Trouble {
  why: string;
  /** Seconds, as the portal says. */
  retryAfter?: number;
  /** What to end with when patience is over. */
  end: () => Response;
}

/**
 * A `fetch` that outlives a restart of the portal: connections that fail, 5xx and 429 are tried again for five minutes, with a fresh token and the
 * same body and headers. All requests of this module may be repeated: they read, plan, or carry an idempotency key.
 *
 * What the portal says of a cluster (503 with `cluster-…`) is an answer, and is passed on at once.
 */
export function persistentFetch(options: PersistentFetchOptions): typeof fetch {
  const { clock, logger, random = Math.random, signal } = options;
  return async (input, init) => {
    const until = clock.now() + PATIENCE;
    for (let failures = 1; ; failures++) {
      const outcome = await tryOnce(input, init, options);
      if (outcome instanceof Response) {
        if (failures > 1) {
          logger.info('The AKKO API answers again.');
        }
        return outcome;
      }
      const { end, retryAfter = 0, why } = outcome;
      const bound = Math.min(LONGEST_DELAY, SHORTEST_DELAY * 2 ** failures);
      const delay = Math.max(bound * (0.5 + random() / 2), retryAfter * 1000);
      if (clock.now() + delay > until) {
        return end();
      }
      if (failures === 1) {
        logger.warn(
          `The AKKO API does not answer as it should (${why}). It is asked again for up to ${duration(
            PATIENCE / 1000,
          )}.`,
        );
      }
      await clock.sleep(delay, signal);
    }
  };
}

async function tryOnce(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  { signal, token }: PersistentFetchOptions,
): Promise<Response | Trouble> {
  signal.throwIfAborted();
  const headers = new Headers(init?.headers);
  headers.set('authorization', `Bearer ${await token()}`);
  try {
    const response = await fetch(input, {
      ...init,
      headers,
      signal: AbortSignal.any([signal, AbortSignal.timeout(NO_ANSWER)]),
    });
    return (await isLasting(response)) ? response : troubleOf(response);
  } catch (error) {
    signal.throwIfAborted();
    const why = reasonOf(error);
    return {
      why,
      end: () => {
        throw new Error(
          `The AKKO API could not be reached for ${duration(
            PATIENCE / 1000,
          )}: ${why}. See that the backend of the plugin akko runs.`,
        );
      },
    };
  }
}

async function isLasting(response: Response): Promise<boolean> {
  if (response.status < 500 && response.status !== 429) {
    return true;
  }
  const body = await response
    .clone()
    .json()
    .catch(() => undefined);
  return String(body?.error?.code).startsWith('cluster-');
}

function troubleOf(response: Response): Trouble {
  const text = response.headers.get('retry-after') ?? '';
  return {
    why: `status ${response.status}`,
    retryAfter: /^\d{1,5}$/.test(text) ? Number(text) : undefined,
    end: () => response,
  };
}

/** Node's fetch says "fetch failed" and keeps the reason beside it. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  const { code, message: inner } = (cause ?? {}) as {
    code?: string;
    message?: string;
  };
  return inner || code || message;
}
