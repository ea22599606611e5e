/**
 * A Kubernetes time as ISO 8601 in UTC with milliseconds, so that times sort as text. Objects off the wire carry text where the client's
 * types say `Date`.
 */
export function isoTime(value: Date | string | undefined): string | undefined {
  if (!value) {
    return undefined;
  }
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
