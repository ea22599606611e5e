import { readMetricsAddress } from './readMetricsAddress';

describe('readMetricsAddress', () => {
  it('is reached from the machine itself only, unless somebody says so', () => {
    expect(readMetricsAddress({})).toEqual({ host: '127.0.0.1', port: 9464 });
    expect(
      readMetricsAddress({ AKKO_METRICS_HOST: '', AKKO_METRICS_PORT: '' }),
    ).toEqual({ host: '127.0.0.1', port: 9464 });
    expect(
      readMetricsAddress({
        AKKO_METRICS_HOST: '0.0.0.0',
        AKKO_METRICS_PORT: '9999',
      }),
    ).toEqual({ host: '0.0.0.0', port: 9999 });
  });

  it.each(['0', 'off', 'OFF', ' off '])('is switched off by %p', port => {
    expect(readMetricsAddress({ AKKO_METRICS_PORT: port })).toBeUndefined();
  });

  it.each(['metrics', '-1', '65536', '1.5'])('refuses %p', port => {
    expect(() => readMetricsAddress({ AKKO_METRICS_PORT: port })).toThrow(
      `AKKO_METRICS_PORT must be a port from 1 to 65535, or 'off', and is '${port}'`,
    );
  });
});
