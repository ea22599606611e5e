import type { Config } from '@backstage/config';
import {
  akkoSchema,
  type BackupsEntry,
  type ClusterEntry,
  type InstanceEntry,
} from './configSchema';
import type { CallLimitsConfig } from './access';
import { readKubernetesPluginCluster } from './kubernetesPluginCluster';

/** How the API server of a cluster is reached and with which credentials. */
export type ClusterAccess =
  | { type: 'kubeconfig'; file: string; context?: string }
  | { type: 'inCluster' }
  | {
      type: 'url';
      url: string;
      /** PEM text, or base64 of it. */
      caData?: string;
      caFile?: string;
      token?: string;
      /** Read again at least once a minute and after a 401. */
      tokenFile?: string;
    };

/** One of `akko.clusters[]`. */
export interface ClusterConfig {
  name: string;
  title: string;
  access: ClusterAccess;
  /** Only these are watched; all namespaces when undefined. */
  namespaces?: string[];
  /** Kubernetes label selector for Jobs, CronJobs, their pods and the job catalogues. */
  labelSelector?: string;
  /** Set for simulated clusters. Those of `@akko/kube-sandbox` are also known by their version. */
  sandbox?: boolean;
  /** Whether the labels of Helm's release Secrets are read; false when undefined. */
  helmReleases?: boolean;
}

/** One of `akko.instances[]`: an instance whose chart does not have our labels. */
export interface DeclaredInstance {
  cluster: string;
  namespace: string;
  release: string;
  title?: string;
}

/** All of `akko.*`, validated. */
export interface AkkoConfig {
  clusters: ClusterConfig[];
  instances: DeclaredInstance[];
  retention: {
    /** Days that ended runs are kept. */
    days: number;
    /** Bytes of one log that are kept, head and tail together. */
    logBytes: number;
  };
  notifications: {
    /** Entity refs of users or groups that are told of every finding. */
    receivers: string[];
  };
  /** What is expected of backups, and when drills run. */
  backups: BackupsConfig;
  /** How often one person or program may ask. */
  rateLimits: CallLimitsConfig;
  ownership: {
    /** Beginnings of the catalog locations whose entities say whom an instance belongs to. */
    trustedLocations: string[];
  };
}

/** `akko.backups`. Lengths of time in milliseconds. */
export type BackupsConfig = BackupsEntry;

/**
 * Reads and validates `akko.*`.
 * @throws Error that names every wrong key with the reason and what to write instead; values of secrets are never in it
 */
export function readAkkoConfig(config: Config): AkkoConfig {
  const parsed = akkoSchema.safeParse(config.getOptional('akko') ?? {});
  if (!parsed.success) {
    throw invalid(
      parsed.error.issues.map(
        issue => `${keyOf(['akko', ...issue.path])}: ${issue.message}`,
      ),
    );
  }
  const problems: string[] = [];
  const {
    backups,
    clusters,
    instances,
    notifications,
    ownership,
    rateLimits,
    retention,
  } = parsed.data;
  problems.push(...duplicateClusters(clusters));
  problems.push(...instanceProblems(instances, clusters));
  problems.push(...overrideProblems(backups, clusters));
  const result: AkkoConfig = {
    clusters: clusters.map((entry, index) => ({
      name: entry.name,
      title: entry.title ?? entry.name,
      access: accessOf(entry, `akko.clusters[${index}]`, config, problems),
      namespaces: entry.namespaces,
      labelSelector: entry.labelSelector,
      sandbox: entry.sandbox,
      helmReleases: entry.helmReleases,
    })),
    instances,
    retention,
    notifications,
    backups,
    rateLimits,
    ownership,
  };
  if (problems.length > 0) {
    throw invalid(problems);
  }
  return result;
}

function accessOf(
  entry: ClusterEntry,
  key: string,
  config: Config,
  problems: string[],
): ClusterAccess {
  if (entry.kubeconfig) {
    return { type: 'kubeconfig', ...entry.kubeconfig };
  }
  if (entry.inCluster) {
    return { type: 'inCluster' };
  }
  if (entry.fromKubernetesPlugin) {
    const found = readKubernetesPluginCluster(config, entry.name);
    if ('problem' in found) {
      problems.push(`${key}.fromKubernetesPlugin: ${found.problem}`);
      return { type: 'inCluster' };
    }
    return found.access;
  }
  return {
    type: 'url',
    url: entry.url!,
    caData: entry.caData,
    caFile: entry.caFile,
    token: entry.token,
    tokenFile: entry.tokenFile,
  };
}

function duplicateClusters(clusters: ClusterEntry[]): string[] {
  return clusters.flatMap((entry, index) => {
    const first = clusters.findIndex(other => other.name === entry.name);
    return first < index
      ? [
          `akko.clusters[${index}].name: '${entry.name}' is already the name of akko.clusters[${first}]. Give each cluster a name of its own.`,
        ]
      : [];
  });
}

function instanceProblems(
  instances: InstanceEntry[],
  clusters: ClusterEntry[],
): string[] {
  return instances.flatMap((entry, index) => {
    const key = `akko.instances[${index}]`;
    const cluster = clusters.find(other => other.name === entry.cluster);
    if (!cluster) {
      const names = clusters.map(other => other.name).join(', ') || 'none';
      return [
        `${key}.cluster: there is no cluster '${entry.cluster}' in akko.clusters (there: ${names}). Name one of them, or add it.`,
      ];
    }
    if (cluster.namespaces && !cluster.namespaces.includes(entry.namespace)) {
      return [
        `${key}.namespace: '${entry.namespace}' is not watched. Add it to the namespaces of cluster '${entry.cluster}'.`,
      ];
    }
    const first = instances.findIndex(
      other =>
        other.cluster === entry.cluster &&
        other.namespace === entry.namespace &&
        other.release === entry.release,
    );
    return first < index
      ? [
          `${key}: is the same instance as akko.instances[${first}]. Remove one.`,
        ]
      : [];
  });
}

/** A misspelt cluster would be an expectation of nothing. */
function overrideProblems(
  { overrides }: BackupsConfig,
  clusters: ClusterEntry[],
): string[] {
  return overrides.flatMap(({ cluster }, index) =>
    cluster === undefined || clusters.some(({ name }) => name === cluster)
      ? []
      : [
          `akko.backups.overrides[${index}].cluster: there is no cluster '${cluster}' in akko.clusters (there: ${
            clusters.map(({ name }) => name).join(', ') || 'none'
          }). Name one of them.`,
        ],
  );
}

function keyOf(path: (string | number)[]): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') {
        return `[${part}]`;
      }
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

function invalid(problems: string[]): Error {
  return new Error(
    `The configuration of AKKO is not valid:\n${problems
      .map(problem => `  - ${problem}`)
      .join('\n')}`,
  );
}
