import { createHash } from 'node:crypto';
import {
  stringifyInstanceRef,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';

/** The most that the catalog takes for a name. */
const LONGEST = 63;
const HASH_LENGTH = 10;

/** What clusters, namespaces and releases are named with, as a rule. */
const PLAIN = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;

/**
 * Name of an instance's entity, made from its ref alone, so that it is the same whatever else there is, and however the instance was found.
 *
 * `akko_<cluster>_<namespace>_<release>`: none of the three has an underscore, so no two instances come to the same name, which hyphens would
 * not prevent (`a-b`, `c` and `a`, `b-c`). A name that is too long, or has what such names do not have, is changed and ends in a hash of the ref;
 * it has one underscore, before the hash, so it is never that of another instance either.
 */
export function entityName(ref: InstanceRef): string {
  const parts = [ref.cluster, ref.namespace, ref.release];
  const name = ['akko', ...parts].join('_');
  if (name.length <= LONGEST && parts.every(part => PLAIN.test(part))) {
    return name;
  }
  const hash = createHash('sha256')
    .update(stringifyInstanceRef(ref))
    .digest('hex')
    .slice(0, HASH_LENGTH);
  const readable = ['akko', ...parts]
    .join('-')
    // Refs of the catalog do not tell capital letters from small ones.
    .toLocaleLowerCase('en-US')
    .replace(/[^a-z0-9.-]+/g, '-')
    .slice(0, LONGEST - HASH_LENGTH - 1)
    .replace(/[^a-z0-9]+$/, '');
  return `${readable}_${hash}`;
}
