import { ClusterCallError } from './ClusterCallError';

const SHORTEST_MS = 800;
const LONGEST_MS = 30_000;
const REFUSED_MS = 60_000;
const LONGEST_RETRY_AFTER_MS = 600_000;

/**
 * How long to wait after a failure. Full jitter between 0.8 s and a bound that doubles up to 30 s, so that the reflectors of a fleet do not
 * come back all at once (AWS Architecture Blog, "Exponential Backoff And Jitter"; bounds as in client-go's reflector). `Retry-After` is a
 * minimum. A 403 lasts until somebody changes RBAC, so it is asked again once a minute only.
 * @param failures - failures in a row, this one included
 * @param random - in [0, 1)
 * @returns milliseconds
 */
export function backoffDelay(
  error: unknown,
  failures: number,
  random: () => number,
): number {
  const bound = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(failures, 10));
  const jittered = SHORTEST_MS + random() * (bound - SHORTEST_MS);
  if (!(error instanceof ClusterCallError)) {
    return jittered;
  }
  if (error.upstreamStatus === 403) {
    return REFUSED_MS + random() * SHORTEST_MS;
  }
  const retryAfter = Math.min(
    LONGEST_RETRY_AFTER_MS,
    (error.retryAfterSeconds ?? 0) * 1000,
  );
  // Spread as well: everybody who was turned away got the same number.
  return retryAfter > jittered ? retryAfter + random() * SHORTEST_MS : jittered;
}
