/** Where a line says that something is, as `akko-postgresql:5432`; the first pattern that fits. Linear in the line. */
const PATTERNS: readonly RegExp[] = [
  // connection to server at "akko-postgresql" (10.96.1.2), port 5432 failed
  /server at "([^"\s]{1,253})"(?: \([^)]{1,60}\))?,? port (\d{1,5})/,
  // could not translate host name "akko-postgresql" to address
  /host name "([^"\s]{1,253})"/,
  // https://akko-keycloak:8080/realms/…
  /\bhttps?:\/\/(?:[^\s/@"']{1,200}@)?([a-z0-9_.-]{1,253})(?::(\d{1,5}))?/i,
  /\bldaps?:\/\/([a-z0-9_.-]{1,253})(?::(\d{1,5}))?/i,
  // Failed to connect to akko-minio port 9000
  /connect to (?:host )?([a-z0-9_.-]{1,253})(?: \([^)]{1,60}\))?,? port (\d{1,5})/i,
  // host='akko-superset', port=8088
  /host='([^']{1,253})', port=(\d{1,5})/,
  // Could not resolve host: akko-keycloak
  /resolve host:? ['"]?([a-z0-9_.-]{1,253})/i,
  // getaddrinfo ENOTFOUND akko-polaris
  /(?:ENOTFOUND|EAI_AGAIN) ([a-z0-9_.-]{1,253})/,
  // lookup akko-minio on 10.96.0.10:53: no such host
  /\blookup ([a-z0-9_.-]{1,253})/i,
  // postgresql at akko-postgresql:5432 is not reachable
  /\bat ([a-z0-9][a-z0-9_.-]{0,252}):(\d{1,5})\b/i,
  // connect ECONNREFUSED 10.96.3.4:8181, dial tcp 10.96.3.4:9000
  /\b(?:ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ECONNRESET|tcp) ([a-z0-9_.-]{1,253}):(\d{1,5})/i,
  /\b([a-z0-9][a-z0-9_-]{0,62}(?:\.[a-z0-9_-]{1,63}){0,6}):(\d{2,5})\b/i,
];

/** The address in a line: `host:port`, or `host` where no port is told. */
export function addressIn(line: string): string | undefined {
  for (const pattern of PATTERNS) {
    const found = pattern.exec(line);
    if (found) {
      const host = found[1].replace(/\.$/, '').toLowerCase();
      return found[2] ? `${host}:${found[2]}` : host;
    }
  }
  return undefined;
}

/** The address in the line, or in what was said beside it, newest first. */
export function addressNear(
  line: string,
  nearby: readonly string[],
): string | undefined {
  const own = addressIn(line);
  if (own) {
    return own;
  }
  for (let index = nearby.length - 1; index >= 0; index--) {
    const found = addressIn(nearby[index]);
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** `akko-postgresql.akko.svc.cluster.local:5432` and `akko-postgresql:5432` are the same; what stays is short. */
export function shortAddress(address: string): string {
  const [host, port] = address.split(':');
  const short = /^\d+(?:\.\d+){3}$/.test(host) ? host : host.split('.')[0];
  return port ? `${short}:${port}` : short;
}
