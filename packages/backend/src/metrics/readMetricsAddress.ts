/** Where Prometheus exporters of OpenTelemetry listen by convention. */
const DEFAULT_PORT = 9464;
/** Whoever wants it to be reached from elsewhere says so. */
const DEFAULT_HOST = '127.0.0.1';

/** Where metrics are served. */
export interface MetricsAddress {
  host: string;
  port: number;
}

/**
 * Reads `AKKO_METRICS_HOST` and `AKKO_METRICS_PORT`. They are no config of Backstage's because metrics are set up before there is any.
 * @returns undefined when the port is `0` or `off`
 * @throws Error for a port that is none
 */
export function readMetricsAddress(
  env: NodeJS.ProcessEnv,
): MetricsAddress | undefined {
  const host = env.AKKO_METRICS_HOST?.trim() || DEFAULT_HOST;
  const text = env.AKKO_METRICS_PORT?.trim().toLocaleLowerCase('en-US');
  if (text === '0' || text === 'off') {
    return undefined;
  }
  const port = text ? Number(text) : DEFAULT_PORT;
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(
      `AKKO_METRICS_PORT must be a port from 1 to 65535, or 'off', and is '${text}'`,
    );
  }
  return { host, port };
}
