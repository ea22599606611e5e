import { KNOWN_JOBS } from '@akko/backstage-plugin-akko-common';

/** What one job of the chart looks after, and what it says while it does. */
export interface JobPlan {
  name: string;
  title: string;
  dependsOn: string[];
  /** Service it talks to, as in reports. */
  service: string;
  /** First lines of its log. */
  greeting: string[];
  /** What it ensures, by kind. */
  objects: Record<string, string[]>;
  /** Seconds that it usually takes. */
  seconds: number;
}

type PlanDetails = Omit<JobPlan, 'name' | 'title' | 'dependsOn'>;

const databases = [
  'keycloak',
  'airflow',
  'superset',
  'polaris',
  'openmetadata',
  'mlflow',
  'jupyterhub',
];
const dataDatabases = ['banking', 'healthcare', 'geospatial', 'rag'];

const details: Record<string, PlanDetails> = {
  'postgres-init': {
    service: 'postgresql',
    greeting: [
      'postgresql akko-postgresql:5432: waiting until it accepts connections',
      'postgresql akko-postgresql:5432: ready, PostgreSQL 17.6, connected as postgres',
    ],
    objects: {
      database: databases,
      role: ['akko_admin'],
      extension: ['keycloak/pg_trgm', 'mlflow/pgcrypto'],
    },
    seconds: 14,
  },
  'postgres-data-init': {
    service: 'postgresql',
    greeting: [
      'postgresql akko-postgresql-data:5432: ready, PostgreSQL 17.6, connected as postgres',
    ],
    objects: {
      database: dataDatabases,
      extension: dataDatabases.flatMap(name => [
        `${name}/postgis`,
        `${name}/vector`,
      ]),
      seed: ['banking/branches', 'geospatial/regions'],
    },
    seconds: 22,
  },
  'minio-init': {
    service: 's3',
    greeting: ['s3 http://akko-storage:8333: ready, path-style addressing'],
    objects: {
      bucket: [
        'akko-warehouse',
        'akko-production',
        'akko-projects',
        'akko-shared',
        'akko-users',
      ],
      policy: ['akko-readonly', 'akko-readwrite'],
    },
    seconds: 8,
  },
  'polaris-init': {
    service: 'polaris',
    greeting: [
      'polaris http://akko-akko-polaris:8182/q/health/ready: UP',
      'polaris http://akko-akko-polaris:8181: token for root, scope PRINCIPAL_ROLE:ALL',
    ],
    objects: {
      catalog: ['akko-warehouse'],
      namespace: [
        'banking',
        'healthcare',
        'retail',
        'telecom',
        'manufacturing',
        'raw',
        'staging',
        'analytics',
      ],
    },
    seconds: 17,
  },
  'keycloak-clients': {
    service: 'keycloak',
    greeting: [
      'keycloak http://akko-keycloak:8080: ready, Keycloak 26.2.4',
      'keycloak realm akko: token of the admin, valid for 60 s',
    ],
    objects: {
      client: [
        'jupyterhub',
        'superset',
        'airflow',
        'grafana',
        'trino',
        'polaris',
        'openmetadata',
        'oauth2-proxy',
        'minio',
      ],
    },
    seconds: 11,
  },
  'keycloak-sync': {
    service: 'keycloak',
    greeting: [
      'directory akko-lldap:3890: 42 people under ou=people',
      'keycloak realm akko: federation lldap, changed users only',
    ],
    objects: { user: ['42 people of the directory'] },
    seconds: 19,
  },
  'bootstrap-admin': {
    service: 'keycloak',
    greeting: ['keycloak http://akko-keycloak:8080: ready, Keycloak 26.2.4'],
    objects: {
      role: [
        'akko-admin',
        'akko-engineer',
        'akko-analyst',
        'akko-user',
        'akko-viewer',
      ],
      user: ['admin-akko'],
    },
    seconds: 6,
  },
  'ai-functions': {
    service: 'postgresql',
    greeting: [
      'postgresql akko-postgresql-data:5432: ready, language plpython3u is there',
      'litellm http://akko-akko-litellm:4000/v1: 3 models',
    ],
    objects: {
      function: [
        'ai_ask',
        'ai_sentiment',
        'ai_classify',
        'ai_summarize',
        'ai_translate',
        'ai_embed',
      ],
    },
    seconds: 9,
  },
  'superset-bootstrap': {
    service: 'superset',
    greeting: [
      'superset http://akko-superset:8088: ready, logged in, CSRF token',
      'trino akko-trino:8080: 4 catalogs',
    ],
    objects: {
      dataset: ['fct_transactions', 'raw_transactions'],
      chart: [
        'Volume by day',
        'Fraud rate',
        'Amounts by branch',
        'Alerts',
        'Top merchants',
      ],
      dashboard: ['akko-banking-fraud'],
    },
    seconds: 31,
  },
  'backup-postgres': {
    service: 'postgresql',
    greeting: ['postgresql akko-postgresql:5432: ready, PostgreSQL 17.6'],
    objects: {},
    seconds: 210,
  },
  'backup-minio': {
    service: 's3',
    greeting: ['s3 http://akko-storage:8333: ready, 5 buckets'],
    objects: {},
    seconds: 340,
  },
  'drill-postgres': {
    service: 'postgresql',
    greeting: [
      'postgresql akko-postgresql-data:5432: ready, PostgreSQL 17.6, scratch databases akko_drill_*',
    ],
    objects: {},
    seconds: 380,
  },
  'drill-minio': {
    service: 's3',
    greeting: [
      's3 http://akko-storage:8333: ready, scratch buckets akko-drill-*',
    ],
    objects: {},
    seconds: 620,
  },
};

/** As the chart names them; they prove what the backups made. */
const drills = [
  { name: 'drill-postgres', title: 'PostgreSQL restore drill', dependsOn: [] },
  { name: 'drill-minio', title: 'Object storage restore drill', dependsOn: [] },
];

/** The nine init jobs and the two backups, in dependency order, and the drills. */
export const jobPlans: readonly JobPlan[] = [...KNOWN_JOBS, ...drills].map(
  ({ name, title, dependsOn }) => ({
    name,
    title,
    dependsOn,
    ...details[name],
  }),
);

/** @throws Error for a name that the chart does not have */
export function planOf(name: string): JobPlan {
  const plan = jobPlans.find(each => each.name === name);
  if (!plan) throw new Error(`The chart has no job ${name}`);
  return plan;
}

export const backupNames = ['backup-postgres', 'backup-minio'];
export const drillNames = drills.map(({ name }) => name);
export const initJobNames = jobPlans
  .map(({ name }) => name)
  .filter(name => ![...backupNames, ...drillNames].includes(name));

/** The drill that proves a backup. */
export function drillOf(backup: string): string {
  return backup.replace('backup-', 'drill-');
}

/** The backup that a drill proves. */
export function backupOf(drill: string): string {
  return drill.replace('drill-', 'backup-');
}
