import type { JobFacts } from '../model/types';

/** A service that init jobs and backups work on, with the defaults of the chart. */
export interface Service {
  /** For people. */
  title: string;
  /** As reports call it. */
  names: readonly string[];
  /** Name of its Service after the release: `<release>-postgresql`. */
  suffix: string;
  /** Secret after the release, and key, of its administrator's password. */
  secret?: { suffix: string; key: string };
  /** What to look at when it does not answer. */
  selector: string;
}

const POSTGRESQL: Service = {
  title: 'PostgreSQL',
  names: ['postgresql', 'postgres'],
  suffix: 'postgresql',
  secret: { suffix: 'postgresql', key: 'postgres-password' },
  selector: 'akko-postgresql',
};

const POSTGRESQL_DATA: Service = {
  title: 'PostgreSQL of the data',
  names: ['postgresql-data'],
  suffix: 'postgresql-data',
  secret: { suffix: 'postgresql-data', key: 'postgres-password' },
  selector: 'akko-postgresql-data',
};

const OBJECT_STORAGE: Service = {
  title: 'Object storage',
  names: ['object storage', 'object-storage', 's3', 'minio'],
  suffix: 'minio',
  secret: { suffix: 'minio', key: 'root-password' },
  selector: 'akko-minio',
};

const POLARIS: Service = {
  title: 'Polaris',
  names: ['polaris'],
  suffix: 'akko-polaris',
  selector: 'akko-polaris',
};

const KEYCLOAK: Service = {
  title: 'Keycloak',
  names: ['keycloak'],
  suffix: 'keycloak',
  selector: 'akko-keycloak',
};

const SUPERSET: Service = {
  title: 'Superset',
  names: ['superset'],
  suffix: 'superset',
  selector: 'akko-superset',
};

const TRINO: Service = {
  title: 'Trino',
  names: ['trino'],
  suffix: 'trino',
  selector: 'akko-trino',
};

const LITELLM: Service = {
  title: 'LiteLLM',
  names: ['litellm'],
  suffix: 'akko-litellm',
  selector: 'akko-litellm',
};

const DIRECTORY: Service = {
  title: 'The directory',
  names: ['directory', 'ldap', 'lldap'],
  suffix: 'lldap',
  selector: 'akko-lldap',
};

const OLLAMA: Service = {
  title: 'Ollama',
  names: ['ollama'],
  suffix: 'akko-ollama',
  selector: 'akko-ollama',
};

const BACKUP_VOLUME: Service = {
  title: 'The backup volume',
  names: ['backup volume'],
  suffix: 'backup',
  selector: 'akko-init',
};

const ALL: readonly Service[] = [
  POSTGRESQL_DATA,
  POSTGRESQL,
  OBJECT_STORAGE,
  POLARIS,
  KEYCLOAK,
  SUPERSET,
  TRINO,
  LITELLM,
  DIRECTORY,
  OLLAMA,
  BACKUP_VOLUME,
];

/** The service that a job is there for. */
const OF_JOB: Readonly<Record<string, Service>> = {
  'postgres-init': POSTGRESQL,
  'postgres-data-init': POSTGRESQL_DATA,
  'minio-init': OBJECT_STORAGE,
  'polaris-init': POLARIS,
  'keycloak-clients': KEYCLOAK,
  'keycloak-sync': KEYCLOAK,
  'bootstrap-admin': KEYCLOAK,
  'superset-bootstrap': SUPERSET,
  'ai-functions': POSTGRESQL_DATA,
  'ollama-models': OLLAMA,
  'backup-postgres': POSTGRESQL,
  'drill-postgres': POSTGRESQL,
  'backup-minio': OBJECT_STORAGE,
  'drill-minio': OBJECT_STORAGE,
};

/** By well-known port, for addresses whose name tells nothing. */
const OF_PORT: Readonly<Record<string, Service>> = {
  '9000': OBJECT_STORAGE,
  '8333': OBJECT_STORAGE,
  '7070': OBJECT_STORAGE,
  '8181': POLARIS,
  '8182': POLARIS,
  '8088': SUPERSET,
  '4000': LITELLM,
  '11434': OLLAMA,
  '3890': DIRECTORY,
  '389': DIRECTORY,
  '636': DIRECTORY,
};

/** The service of an address, else the one that the job is there for. */
export function serviceOf(
  job: JobFacts,
  address?: string,
  named?: string,
): Service | undefined {
  const host = (address ?? '').split(':')[0].split('.')[0].toLowerCase();
  const byName =
    host &&
    ALL.find(
      ({ suffix, selector }) =>
        host === `${job.release}-${suffix}`.toLowerCase() ||
        host.endsWith(`-${suffix}`) ||
        host === suffix ||
        host === selector,
    );
  if (byName) {
    return byName;
  }
  const ofJob = OF_JOB[job.name];
  const wanted = named?.toLowerCase();
  if (wanted && !(ofJob?.names.includes(wanted) ?? false)) {
    const byWord = ALL.find(({ names }) => names.includes(wanted));
    // A report says postgresql of either server.
    return byWord === POSTGRESQL && ofJob === POSTGRESQL_DATA
      ? POSTGRESQL_DATA
      : byWord ?? ofJob;
  }
  return (
    ofJob ??
    OF_PORT[(address ?? '').split(':')[1] ?? ''] ??
    ALL.find(({ selector }) => selector === `akko-${host}`)
  );
}

/** Default name of its Secret. */
export function secretOf(
  job: JobFacts,
  service: Service | undefined,
): { name: string; key: string } | undefined {
  return service?.secret
    ? {
        name: `${job.release || 'akko'}-${service.secret.suffix}`,
        key: service.secret.key,
      }
    : undefined;
}
