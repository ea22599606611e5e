import { resolve } from 'node:path';
import { SERVICES_NAMESPACE, type CaseContext } from './CaseContext';
import type { Ended } from './runProgram';
import { copySecrets } from './servers';

// A benchmark is never built for production.
// eslint-disable-next-line no-restricted-syntax
const CHART = resolve(__dirname, '../../../../helm/akko');
const IMAGE = { repository: 'localhost/akko/akko-init', tag: 'test' };

/** Jobs that a case may switch on, by their section of the values. */
export type Section =
  | 'postgres'
  | 'postgresData'
  | 'minio'
  | 'polaris'
  | 'keycloakClients'
  | 'keycloakSync'
  | 'bootstrapAdmin'
  | 'aiFunctions'
  | 'superset';

const SECTIONS: Section[] = [
  'postgres',
  'postgresData',
  'minio',
  'polaris',
  'keycloakClients',
  'keycloakSync',
  'bootstrapAdmin',
  'aiFunctions',
  'superset',
];

/** Secrets of the services, all of them copied unless a case says otherwise. */
const SECRETS = [
  'akko-postgresql',
  'akko-postgresql-data',
  'akko-minio',
  'akko-polaris',
  'akko-keycloak',
  'akko-superset',
  'akko-litellm',
  'akko-directory',
];

/** How the chart is installed. */
export interface Installation {
  release?: string;
  /** The jobs that are on; the others are off. */
  on: Section[];
  /** Values of akko-init over those that point to the services. */
  values?: Record<string, any>;
  global?: object;
  /** Plain Jobs, all at once, in the place of hooks. */
  plain?: boolean;
  /** Secrets with other values than those of the services. */
  secrets?: Record<string, Record<string, string>>;
  /** Secrets that are not there. */
  withoutSecrets?: string[];
  timeout?: string;
}

const host = (name: string) =>
  `${name}.${SERVICES_NAMESPACE}.svc.cluster.local`;

/** Values that point to the services of the release, and Jobs that do not wait for long. */
function baseValues(on: readonly Section[]): Record<string, any> {
  return {
    image: IMAGE,
    jobDefaults: {
      backoffLimit: 1,
      activeDeadlineSeconds: 300,
      waitSeconds: 6,
      resources: {
        requests: { cpu: '10m', memory: '64Mi' },
        limits: { memory: '256Mi' },
      },
    },
    ...Object.fromEntries(
      SECTIONS.map(section => [section, { enabled: on.includes(section) }]),
    ),
    services: {
      postgresql: { host: host('akko-postgresql') },
      postgresqlData: { host: host('akko-postgresql-data') },
      objectStorage: { endpoint: `http://${host('akko-minio')}:9000` },
      polaris: {
        url: `http://${host('akko-akko-polaris')}:8181`,
        healthUrl: `http://${host('akko-akko-polaris')}:8182`,
      },
      keycloak: { url: `http://${host('akko-keycloak')}:8080` },
      superset: { url: `http://${host('akko-superset')}:8088` },
      trino: { url: `http://${host('akko-trino')}:8080` },
      litellm: { url: `http://${host('akko-akko-litellm')}:4000/v1` },
    },
  };
}

/** Values of a service that runs in the case's own namespace. */
export const ownPostgresql = { postgresql: { host: 'akko-postgresql' } };
/** The same for the data server. */
export const ownPostgresqlData = {
  postgresqlData: { host: 'akko-postgresql-data' },
};
/** The same for the object storage. */
export const ownMinio = {
  objectStorage: { endpoint: 'http://akko-minio:9000' },
};

/** Copies the Secrets, then installs the umbrella chart as a person does; a failure may be what the case is about. */
export async function installChart(
  context: CaseContext,
  installation: Installation,
): Promise<Ended> {
  const { secrets, withoutSecrets = [] } = installation;
  await copySecrets(
    context,
    SECRETS.filter(name => !withoutSecrets.includes(name)),
    secrets,
  );
  return upgradeChart(context, installation);
}

/** Installs or upgrades, with the Secrets that are there. */
export async function upgradeChart(
  context: CaseContext,
  { release = 'akko', on, values = {}, ...options }: Installation,
): Promise<Ended> {
  const { global = {}, plain = false, timeout = '5m' } = options;
  return context.helm(
    [
      'upgrade',
      '--install',
      release,
      CHART,
      '--values=-',
      `--timeout=${timeout}`,
    ],
    {
      global,
      'akko-init': merged({ ...baseValues(on), useHelmHooks: !plain }, values),
    },
  );
}

/** Maps are merged, everything else is replaced, as Helm does with values. */
function merged(
  base: Record<string, any>,
  over: Record<string, any>,
): Record<string, any> {
  const result = { ...base };
  for (const [key, value] of Object.entries(over)) {
    result[key] =
      isMap(value) && isMap(result[key]) ? merged(result[key], value) : value;
  }
  return result;
}

function isMap(value: unknown): value is Record<string, any> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
