import { backoffDelay } from './backoff';
import { ClusterCallError } from './ClusterCallError';

const error = (upstreamStatus: number, retryAfterSeconds?: number) =>
  new ClusterCallError({
    kind: 'unreachable',
    cluster: 'prod-eu',
    message: 'scripted',
    upstreamStatus,
    retryAfterSeconds,
  });

describe('backoffDelay', () => {
  it.each([
    [1, 800, 1_600],
    [2, 800, 3_200],
    [5, 800, 25_600],
    [6, 800, 30_000],
    [10_000, 800, 30_000],
  ])('spreads the retry after %i failures over %i to %i ms', (n, low, high) => {
    expect(backoffDelay(new Error('reset'), n, () => 0)).toBe(low);
    expect(backoffDelay(error(500), n, () => 1)).toBe(high);
  });

  it('waits at least as long as Retry-After says, and not for ever', () => {
    expect(backoffDelay(error(429, 20), 1, () => 0)).toBe(20_000);
    expect(backoffDelay(error(429, 0), 1, () => 0)).toBe(800);
    expect(backoffDelay(error(503, 86_400), 1, () => 0)).toBe(600_000);
  });

  it('asks again about once a minute after a 403', () => {
    expect(backoffDelay(error(403), 1, () => 0)).toBe(60_000);
    expect(backoffDelay(error(403), 9, () => 1)).toBe(60_800);
  });
});
