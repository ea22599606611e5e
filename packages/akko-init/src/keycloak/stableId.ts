import { createHash } from 'node:crypto';

/**
 * An id that is the same in every run, in the form of a UUID (version 8, RFC 9562). Keycloak keeps the id that a new component comes with and
 * refuses a second one of that id, while it takes any number of one name: so of several runs at once only one makes the component.
 * @param parts - what the component is known by
 */
export function stableId(...parts: string[]): string {
  const hash = createHash('sha256')
    .update(['akko-init', ...parts].join('\n'))
    .digest();
  hash[6] = (hash[6] % 16) + 0x80;
  hash[8] = (hash[8] % 64) + 0x80;
  const hex = hash.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
}
