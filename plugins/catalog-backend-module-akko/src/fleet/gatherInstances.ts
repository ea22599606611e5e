import {
  stringifyInstanceRef,
  type Cluster,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { InstanceFacts } from '../entities';
import type { ListedInstance, PublishedInstance } from './types';

/** What is known when it is decided which instances there are. */
export interface Gathering {
  clusters: readonly Cluster[];
  /** By the API. */
  listed: readonly ListedInstance[];
  /** By an earlier run. */
  published: readonly PublishedInstance[];
  /** Asks for one instance. @returns undefined where there is none */
  ask(ref: InstanceRef): Promise<ListedInstance | undefined>;
}

/**
 * Which instances there are, and what is known of them.
 *
 * Nothing is taken for gone that may only be out of sight. On a cluster that the portal does not follow at present, what was published stays,
 * with the labels that it had: a portal with a new database knows nothing of such a cluster, and says the same as of an empty one. On the
 * others, an instance that the list lacks is asked for, because the list comes in pages and its order changes with the health.
 *
 * @throws what `ask` throws
 */
export async function gatherInstances(
  gathering: Gathering,
): Promise<InstanceFacts[]> {
  const { ask, clusters, listed, published } = gathering;
  const titles = new Map(clusters.map(({ name, title }) => [name, title]));
  const outOfSight = new Set([
    ...clusters
      .filter(({ reachable, stale }) => !reachable || stale)
      .map(({ name }) => name),
    // Of several replicas, the one that listed may not follow what the one that told of clusters does.
    ...listed.filter(({ stale }) => stale).map(({ cluster }) => cluster),
  ]);
  const before = new Map(
    published.map(instance => [stringifyInstanceRef(instance.ref), instance]),
  );
  const found = new Map<string, InstanceFacts>();
  const add = (facts: Omit<InstanceFacts, 'clusterTitle'>) => {
    const clusterTitle = titles.get(facts.ref.cluster);
    if (clusterTitle !== undefined) {
      found.set(stringifyInstanceRef(facts.ref), { ...facts, clusterTitle });
    }
  };
  const addListed = (instance: ListedInstance) => {
    const { cluster, namespace, release, title, labels } = instance;
    const ref = { cluster, namespace, release };
    const known = before.get(stringifyInstanceRef(ref));
    add({
      ref,
      // The API gives the release where nobody gave a title.
      title: title === release ? undefined : title,
      labels: labels ?? (outOfSight.has(cluster) ? known?.labels : undefined),
    });
  };

  listed.forEach(addListed);
  for (const [address, { ref, labels }] of before) {
    if (found.has(address) || !titles.has(ref.cluster)) {
      continue;
    }
    if (outOfSight.has(ref.cluster)) {
      add({ ref, labels });
    } else {
      const instance = await ask(ref);
      if (instance) {
        addListed(instance);
      }
    }
  }
  return [...found.values()];
}
