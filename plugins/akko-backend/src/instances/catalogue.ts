import {
  JOB_CATALOGUE_SCHEMA,
  KNOWN_JOBS,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { V1ConfigMap, V1Job } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { z } from 'zod/v3';
import { inDependencyOrder } from './dependencyOrder';
import { instanceLabels } from './instanceLabels';
import type { CataloguedBackup, CataloguedJob, JobCatalogue } from './types';

const schema = z.object({
  schema: z.literal(JOB_CATALOGUE_SCHEMA),
  chart: z.string().optional(),
  revision: z.number().int().optional(),
  useHelmHooks: z.boolean().optional(),
  jobs: z.array(
    z.object({
      name: z.string().min(1),
      title: z.string().optional(),
      enabled: z.boolean(),
      dependsOn: z.array(z.string()).default([]),
      checksum: z.string().optional(),
      manifest: z.string().optional(),
      simulated: z.boolean().optional(),
    }),
  ),
  backups: z
    .array(
      z.object({
        name: z.string().min(1),
        title: z.string().optional(),
        enabled: z.boolean(),
        schedule: z.string().optional(),
        timeZone: z.string().optional(),
        retention: z.number().int().optional(),
        simulated: z.boolean().optional(),
      }),
    )
    .default([]),
  drills: z
    .array(
      z.object({
        name: z.string().min(1),
        title: z.string().optional(),
        enabled: z.boolean(),
        schedule: z.string().optional(),
        timeZone: z.string().optional(),
      }),
    )
    .default([]),
});

type CatalogueFile = z.infer<typeof schema>;

/** A catalogue, and what is wrong with the chart's, in words for a person. */
export interface ReadCatalogue {
  catalogue: JobCatalogue;
  note?: string;
}

/** Names of the jobs and backups that were seen, on the cluster or in the history. */
export interface SeenJobs {
  init: ReadonlySet<string>;
  backup: ReadonlySet<string>;
}

function titleOf(name: string): string {
  return KNOWN_JOBS.find(job => job.name === name)?.title ?? name;
}

/** Reads the manifest when it is first asked for: a fleet has thousands, and few are ever run from here. */
function lazyManifest(
  text: string | undefined,
  namespace: string,
): () => V1Job | undefined {
  let manifest: V1Job | undefined;
  let isRead = false;
  return () => {
    if (!isRead) {
      isRead = true;
      manifest =
        text === undefined ? undefined : parseManifest(text, namespace);
    }
    return manifest;
  };
}

/** Data from the cluster is not trusted: only a Job of the instance's own namespace is taken. */
function parseManifest(text: string, namespace: string): V1Job | undefined {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch {
    return undefined;
  }
  const job = value as V1Job | null;
  const isJob =
    job?.kind === 'Job' &&
    job.apiVersion === 'batch/v1' &&
    typeof job.metadata?.name === 'string' &&
    typeof job.spec?.template === 'object';
  if (!isJob || (job.metadata!.namespace ?? namespace) !== namespace) {
    return undefined;
  }
  return { ...job, metadata: { ...job.metadata, namespace } };
}

function fromFile(
  file: CatalogueFile,
  manifests: ReadonlyMap<string, string>,
  namespace: string,
): JobCatalogue {
  const jobs = file.jobs.map((job): CataloguedJob => {
    const manifest = lazyManifest(
      job.manifest === undefined ? undefined : manifests.get(job.manifest),
      namespace,
    );
    return {
      name: job.name,
      title: job.title ?? titleOf(job.name),
      enabled: job.enabled,
      dependsOn: job.dependsOn,
      checksum: job.checksum,
      simulated: job.simulated,
      get manifest() {
        return manifest();
      },
    };
  });
  return {
    fromChart: true,
    chart: file.chart,
    revision: file.revision,
    useHelmHooks: file.useHelmHooks,
    jobs: inDependencyOrder(jobs),
    backups: file.backups.map(
      (backup): CataloguedBackup => ({
        ...backup,
        title: backup.title ?? titleOf(backup.name),
      }),
    ),
    drills: file.drills.map(drill => ({
      ...drill,
      title: drill.title ?? drill.name,
    })),
  };
}

/**
 * The catalogue of a chart that has none: what was seen counts as switched on; of the rest it cannot be told whether it is off or never ran,
 * so it is not counted as missing.
 */
export function catalogueOfSeenJobs(seen: SeenJobs): JobCatalogue {
  const init = KNOWN_JOBS.filter(({ kind }) => kind === 'init');
  const unknown = [...seen.init].filter(
    name => !init.some(job => job.name === name),
  );
  const backups = KNOWN_JOBS.filter(({ kind }) => kind === 'backup').map(
    ({ name }) => name,
  );
  return {
    fromChart: false,
    jobs: [
      ...init.map(({ name, title, dependsOn }) => ({
        name,
        title,
        dependsOn,
        enabled: seen.init.has(name),
      })),
      ...unknown.map(name => ({
        name,
        title: name,
        dependsOn: [],
        enabled: true,
      })),
    ],
    backups: [...new Set([...backups, ...seen.backup])].map(name => ({
      name,
      title: titleOf(name),
      enabled: seen.backup.has(name),
    })),
    drills: [],
  };
}

/**
 * Reads the chart's job catalogue (architecture: the job catalogue) from its ConfigMaps, which may be several.
 *
 * @param configMaps - `<release>-init-jobs` and `<release>-init-jobs-<n>` of the instance
 * @returns the catalogue; what was seen with a note when the chart's cannot be read
 */
export function readCatalogue(
  ref: InstanceRef,
  configMaps: readonly V1ConfigMap[],
  seen: SeenJobs,
): ReadCatalogue {
  const data = new Map(
    configMaps.flatMap(({ data: entries = {} }) => Object.entries(entries)),
  );
  const text = data.get('catalogue.json');
  if (text === undefined) {
    return { catalogue: catalogueOfSeenJobs(seen) };
  }
  const labels = instanceLabels(configMaps);
  // Whose the instance is does not depend on whether the list of its jobs can be read.
  const unreadable = (why: string): ReadCatalogue => ({
    catalogue: { ...catalogueOfSeenJobs(seen), labels },
    note: `The job catalogue of ${ref.release} cannot be read${why}. Shown is what was seen; run helm upgrade to write the catalogue again.`,
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable(': catalogue.json is no JSON');
  }
  const result = schema.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    const where = issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
    return unreadable(`${where}: ${issue.message}`);
  }
  return {
    catalogue: { ...fromFile(result.data, data, ref.namespace), labels },
  };
}

/** Release that a ConfigMap holds a job catalogue of, by its label and name. */
export function releaseOfCatalogue(configMap: V1ConfigMap): string | undefined {
  const { name = '', labels = {} } = configMap.metadata ?? {};
  const match = /^(.+)-init-jobs(?:-\d+)?$/.exec(name);
  return match ? labels['app.kubernetes.io/instance'] ?? match[1] : undefined;
}
