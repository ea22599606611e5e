const DOMAIN = '{domain}';
const ORIGIN = /^https?:\/\/([^/?#\s]+)/;
const HOST_WILDCARD =
  'Keycloak keeps a wildcard in a host and then matches no address with it; give each host its own entry, as https://name.{domain}/path/*';

/** The address that a pattern stands for in a domain. */
export function expand(pattern: string, domain: string): string {
  return pattern.replaceAll(DOMAIN, domain);
}

/**
 * What is wrong with the pattern of a redirect URI; undefined when nothing is. Keycloak 26.7 was seen to take a `*` anywhere and to match it
 * only at the very end: `https://*.akko.local/cb` matches nothing, not even itself, and `https://*` matches every host there is.
 */
export function redirectUriProblem(pattern: string): string | undefined {
  const [origin, host] = ORIGIN.exec(expand(pattern, 'domain')) ?? [];
  if (!origin) {
    return 'a redirect URI has the form https://host/path';
  }
  if (host.includes('*')) {
    return HOST_WILDCARD;
  }
  const rest = expand(pattern, 'domain').slice(origin.length);
  if (rest.includes('#')) {
    return 'a redirect URI has no fragment';
  }
  if (/\*./.test(rest) || /\?.*\*/.test(rest)) {
    return 'Keycloak takes a * as a wildcard only at the end of a path';
  }
  return placeholderProblem(pattern);
}

/** What is wrong with the pattern of a web origin; undefined when nothing is. */
export function webOriginProblem(pattern: string): string | undefined {
  // All origins of the redirect URIs, and all there are.
  if (pattern === '+' || pattern === '*') {
    return undefined;
  }
  const [origin, host] = ORIGIN.exec(expand(pattern, 'domain')) ?? [];
  if (!origin || origin !== expand(pattern, 'domain')) {
    return 'a web origin has the form https://host, without a path, or is +';
  }
  return host.includes('*') ? HOST_WILDCARD : placeholderProblem(pattern);
}

function placeholderProblem(pattern: string): string | undefined {
  return /[{}]/.test(pattern.replaceAll(DOMAIN, ''))
    ? `${DOMAIN} is the only placeholder`
    : undefined;
}
