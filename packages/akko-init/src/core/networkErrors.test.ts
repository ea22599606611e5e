import { networkError } from './networkErrors';

function failure(code: string) {
  return Object.assign(new Error(code), { code });
}

describe('networkError', () => {
  it.each([
    [failure('ECONNREFUSED'), 'service-unavailable', 'was refused'],
    [failure('ENOTFOUND'), 'service-unavailable', 'not known to DNS'],
    [failure('ETIMEDOUT'), 'service-unavailable', 'did not answer in time'],
    [
      new TypeError('fetch failed', { cause: failure('ECONNRESET') }),
      'service-unavailable',
      'was cut',
    ],
    [
      new AggregateError([failure('ECONNREFUSED'), failure('ENETUNREACH')]),
      'service-unavailable',
      'was refused',
    ],
    [
      new TypeError('fetch failed', {
        cause: failure('DEPTH_ZERO_SELF_SIGNED_CERT'),
      }),
      'misconfigured',
      'TLS failed (DEPTH_ZERO_SELF_SIGNED_CERT)',
    ],
    [
      new DOMException('late', 'TimeoutError'),
      'service-unavailable',
      'did not answer in time',
    ],
  ])('says what %s means', (thrown, code, words) => {
    const error = networkError(thrown, 'trino', 'http://akko-trino:8080');
    expect(error?.code).toBe(code);
    expect(error?.message).toContain('trino at http://akko-trino:8080');
    expect(error?.message).toContain(words);
  });

  it('leaves other failures to those who know them', () => {
    expect(networkError(new Error('no such table'), 'a', 'b')).toBeUndefined();
    expect(networkError(undefined, 'a', 'b')).toBeUndefined();
  });
});
