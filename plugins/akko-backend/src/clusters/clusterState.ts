import type { Cluster } from '@akko/backstage-plugin-akko-common';
import { ClusterCallError } from './ClusterCallError';
import type { ReflectorStatus } from './Reflector';

/** What is known of the contact with a cluster. Times are milliseconds since the epoch. */
export interface ContactFacts {
  name: string;
  title: string;
  sandbox: boolean;
  version?: string;
  lastContactAt?: number;
  /** When the copy stopped to follow the cluster, if it ever did. */
  staleSince?: number;
  /** One per reflector; `since` is when it came into this state. */
  reflectors: { status: ReflectorStatus; since: number }[];
}

/** @returns whether the whole copy follows the cluster */
export function isFresh(reflectors: ContactFacts['reflectors']): boolean {
  return reflectors.every(({ status }) => status.state === 'watching');
}

/**
 * The state of a cluster as people see it. It is reachable while any kind can be followed, and stale while any cannot: a Role that lacks
 * one kind makes a cluster stale, not unreachable.
 */
export function clusterState(facts: ContactFacts): Cluster {
  const { reflectors } = facts;
  const stale = !isFresh(reflectors);
  return {
    name: facts.name,
    title: facts.title,
    sandbox: facts.sandbox || (facts.version ?? '').includes('+sandbox'),
    reachable: reflectors.some(({ status }) => status.state === 'watching'),
    stale,
    staleSince: stale ? isoTime(facts.staleSince) : undefined,
    lastContactAt: isoTime(facts.lastContactAt),
    version: facts.version,
    error: errorOf(facts),
  };
}

function errorOf({ name, reflectors }: ContactFacts): Cluster['error'] {
  const failing = reflectors.flatMap(({ status, since }) =>
    status.state === 'failing' ? [{ error: status.error, since }] : [],
  );
  // Refusals last until somebody acts, so they are told before what passes; the oldest failure is the nearest to the cause.
  const [worst] = failing.sort(
    (a, b) =>
      Number(isRefusal(b.error)) - Number(isRefusal(a.error)) ||
      a.since - b.since,
  );
  if (!worst) {
    return undefined;
  }
  const since = isoTime(worst.since);
  return isRefusal(worst.error)
    ? {
        code: 'cluster-refused',
        message: `${worst.error.message} (since ${since}). ${nextStep(
          worst.error,
          name,
        )}`,
      }
    : {
        code: 'cluster-unreachable',
        message: `${worst.error.message} (since ${since}). It is tried again until it answers.`,
      };
}

function nextStep(error: Error, name: string): string {
  const status =
    error instanceof ClusterCallError ? error.upstreamStatus : undefined;
  if (status === 403) {
    return `Let the portal's Role get, list and watch this resource, or narrow akko.clusters (${name}) to namespaces where it may; it is asked again every minute.`;
  }
  return `Renew the credentials of cluster ${name}; they are read again by themselves.`;
}

function isRefusal(error: Error): boolean {
  return error instanceof ClusterCallError && error.kind === 'refused';
}

function isoTime(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
