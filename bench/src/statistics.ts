/** Median, 99th percentile and extremes of a set of measurements, in their own unit. */
export interface Distribution {
  count: number;
  minimum: number;
  p50: number;
  p99: number;
  maximum: number;
}

/**
 * Summarises measurements by the nearest-rank method, which never invents a value that was not measured.
 * @throws RangeError for an empty set
 */
export function distribution(values: number[]): Distribution {
  if (values.length === 0) {
    throw new RangeError('There is no distribution of nothing');
  }
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (percent: number) =>
    sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  return {
    count: sorted.length,
    minimum: sorted[0],
    p50: rank(50),
    p99: rank(99),
    maximum: sorted[sorted.length - 1],
  };
}

/** `12.3 ms`, `1.23 s`. */
export function milliseconds(value: number): string {
  return value < 1000
    ? `${value.toFixed(1)} ms`
    : `${(value / 1000).toFixed(2)} s`;
}

/** `12.3 MiB`. */
export function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
