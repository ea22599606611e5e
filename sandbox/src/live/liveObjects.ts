import { readFileSync } from 'node:fs';
import { LABEL_JOB_CATALOGUE } from '@akko/backstage-plugin-akko-common';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../manifests';
import { isSimulated, liveNamespace, liveRelease } from './liveInstance';
import type { ServiceAddresses } from './startServices';

/** What stands in values.yaml in the place of addresses that are known only when the services run. */
const PLACEHOLDERS = {
  postgresPort: /\b15432\b/g,
  objectStorage: /http:\/\/127\.0\.0\.1:19000\b/g,
};

/** Kinds that the sandbox has, by the name of their resource; the rest of the chart means nothing to it. */
const RESOURCES = {
  ConfigMap: 'configmaps',
  ServiceAccount: 'serviceaccounts',
  CronJob: 'cronjobs',
  Job: 'jobs',
} as const;

/** An object and what its kind is called in the API. */
export interface LiveObject {
  resource: (typeof RESOURCES)[keyof typeof RESOURCES] | 'secrets';
  manifest: Manifest;
}

/** The chart as `helm template` rendered it. */
export function readRendered(): string {
  return readFileSync(require.resolve('./rendered.yaml'), 'utf8');
}

/**
 * What Helm would have created for the live instance, and the Secrets of its services.
 * @param rendered - from {@link readRendered}
 */
export function liveObjects(
  rendered: string,
  { postgres, objectStorage }: ServiceAddresses,
): LiveObject[] {
  const text = rendered
    .replace(PLACEHOLDERS.postgresPort, String(postgres.port))
    .replace(PLACEHOLDERS.objectStorage, objectStorage.endpoint);
  const objects = parseAllDocuments(text)
    .map(document => document.toJS() as Manifest | null)
    .flatMap((manifest): LiveObject[] => {
      const resource = RESOURCES[manifest?.kind as keyof typeof RESOURCES];
      return manifest && resource
        ? [{ resource, manifest: asInstalled(manifest) }]
        : [];
    });
  return [
    ...[
      secret('akko-postgresql', { 'postgres-password': postgres.password }),
      secret('akko-postgresql-data', {
        'postgres-password': postgres.password,
      }),
      // The emulator asks for no credentials; the program does.
      secret('akko-minio', { 'root-user': 'akko', 'root-password': 'sandbox' }),
    ].map(manifest => ({ resource: 'secrets' as const, manifest })),
    ...objects,
  ];
}

/** With what Helm adds to what it renders; a catalogue also says what is simulated. */
function asInstalled(manifest: Manifest): Manifest {
  const { annotations, labels } = manifest.metadata;
  const installed = {
    ...manifest,
    metadata: {
      ...manifest.metadata,
      namespace: liveNamespace,
      annotations: {
        ...annotations,
        'meta.helm.sh/release-name': liveRelease,
        'meta.helm.sh/release-namespace': liveNamespace,
      },
    },
  };
  return labels?.[LABEL_JOB_CATALOGUE] ? withSimulated(installed) : installed;
}

function withSimulated(configMap: Manifest): Manifest {
  const data = configMap.data as Record<string, string>;
  const catalogue = JSON.parse(data['catalogue.json']);
  const told = (entries: { name: string; enabled: boolean }[]) =>
    entries.map(entry => ({
      ...entry,
      ...(entry.enabled && { simulated: isSimulated(entry.name) }),
    }));
  return {
    ...configMap,
    data: {
      ...data,
      'catalogue.json': JSON.stringify({
        ...catalogue,
        jobs: told(catalogue.jobs),
        backups: told(catalogue.backups),
      }),
    },
  };
}

function secret(name: string, stringData: Record<string, string>): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: liveNamespace, labels: {} },
    stringData,
  };
}
