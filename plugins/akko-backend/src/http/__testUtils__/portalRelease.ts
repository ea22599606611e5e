import type { Scenario, SandboxCluster } from '@akko/kube-sandbox';
import { REPORT_SCHEMA } from '@akko/backstage-plugin-akko-common';
import { stringify } from 'yaml';
import { aCatalogue, chartLabels } from '../../testing/kubernetesObjects';

/** An AKKO release on a simulated cluster. */
export interface Release {
  namespace: string;
  release: string;
  /** Variables of every container. */
  env?: { name: string; value: string }[];
  /** Of every Job and CronJob. */
  annotations?: Record<string, string>;
  /** Of every container. */
  args?: string[];
  /** Backups without a CronJob are off. */
  withoutBackups?: boolean;
}

/** Init jobs of a release, with what they depend on. */
export const INIT_JOBS: Record<string, string[]> = {
  'postgres-init': [],
  'minio-init': [],
  'polaris-init': ['postgres-init', 'minio-init'],
  'keycloak-clients': [],
};
/** Off in the chart. */
const DISABLED_JOB = 'keycloak-sync';
export const BACKUPS = ['backup-postgres', 'backup-minio'];
const DRILL = 'drill-postgres';
/** Once in four years, so that no test meets it. */
const SCHEDULE = '0 2 29 2 *';

/** How the jobs of these releases end: well, unless `others` say something else. */
export function scenariosOf(others: Scenario[] = []): Scenario[] {
  const component = (name: string) => ({
    labels: { 'app.kubernetes.io/component': name },
  });
  return [
    ...others,
    ...BACKUPS.map(name => ({
      match: component(name),
      duration: 0.1,
      log: ['akko-warehouse: written'],
      terminationMessage: reportOf(name, 'succeeded', {
        backup: {
          id: '20261129T020000000Z-5f0c0d',
          location: '/backups/20261129T020000000Z-5f0c0d',
          bytes: 48_213,
          kept: 1,
          pruned: 0,
          verified: true,
          level: 'readable',
        },
      }),
    })),
    {
      match: component(DRILL),
      duration: 0.1,
      terminationMessage: reportOf(DRILL, 'succeeded', {
        backup: {
          id: '20261129T020000000Z-5f0c0d',
          location: '/backups/20261129T020000000Z-5f0c0d',
          level: 'restored',
          restoreSeconds: 3,
        },
      }),
    },
    {
      duration: 0.1,
      log: ['looking at {{job}}', 'done'],
      terminationMessage: reportOf('init', 'succeeded'),
    },
  ];
}

/** A job that is refused by a service; at its first run only, or at every run. */
export function refused(
  job: string,
  { always = false, namespace }: { always?: boolean; namespace?: string } = {},
): Scenario {
  return {
    match: {
      namespace,
      labels: { 'app.kubernetes.io/component': job },
      ...(!always && { run: 1 }),
    },
    duration: 0.05,
    exitCode: 1,
    log: [
      'keycloak http://akko-keycloak:8080 answers HTTP 401, invalid_grant',
      'ERROR authentication-failed: Keycloak refuses the admin password (invalid_grant: Invalid user credentials)',
    ],
    terminationMessage: reportOf(job, 'failed', {
      error: {
        code: 'authentication-failed',
        service: 'keycloak',
        message:
          'Keycloak refuses the admin password (invalid_grant: Invalid user credentials)',
        nextStep:
          'The Secret akko-keycloak differs from the running server. Update one of them, then run the job again.',
      },
    }),
  };
}

function reportOf(job: string, outcome: string, more: object = {}) {
  return { schema: REPORT_SCHEMA, job, outcome, ...more };
}

/** Installs a release as Helm does: the catalogue, the CronJobs, and the Jobs, which run at once. */
export function install({ store }: SandboxCluster, release: Release): void {
  const { namespace } = release;
  if (
    !store
      .list('namespaces')
      .some(({ metadata }) => metadata.name === namespace)
  ) {
    store.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
  }
  store.create('configmaps', catalogueOf(release) as any);
  if (!release.withoutBackups) {
    [...BACKUPS, DRILL].forEach(name =>
      store.create('cronjobs', cronJobOf(release, name)),
    );
  }
  Object.keys(INIT_JOBS).forEach(name =>
    store.create('jobs', jobOf(release, name)),
  );
}

function catalogueOf(release: Release) {
  const { uid, ...metadata } = aCatalogue(release).metadata!;
  const { data } = aCatalogue({
    ...release,
    jobs: [
      ...Object.entries(INIT_JOBS).map(([name, dependsOn]) => ({
        name,
        dependsOn,
        manifest: `${name}.yaml`,
      })),
      { name: DISABLED_JOB, enabled: false },
    ],
    backups: BACKUPS.map(name => ({
      name,
      enabled: !release.withoutBackups,
      schedule: SCHEDULE,
      timeZone: 'Etc/UTC',
    })),
    manifests: Object.fromEntries(
      Object.keys(INIT_JOBS).map(name => [
        `${name}.yaml`,
        stringify(jobOf(release, name)),
      ]),
    ),
  });
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
}

function templateOf(release: Release, component: string) {
  return {
    metadata: { labels: chartLabels(release.release, component) },
    spec: {
      restartPolicy: 'Never',
      containers: [
        {
          name: `akko-${component}`,
          image: 'akko/akko-init:2026.04',
          args: [component, ...(release.args ?? [])],
          env: [
            { name: 'AKKO_RELEASE', value: release.release },
            ...(release.env ?? []),
          ],
        },
      ],
    },
  };
}

function metadataOf(release: Release, component: string) {
  return {
    name: `${release.release}-${component}`,
    namespace: release.namespace,
    labels: chartLabels(release.release, component),
    annotations: {
      'meta.helm.sh/release-name': release.release,
      'meta.helm.sh/release-namespace': release.namespace,
      ...release.annotations,
    },
  };
}

function jobOf(release: Release, component: string) {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadataOf(release, component),
    spec: { backoffLimit: 0, template: templateOf(release, component) },
  };
}

function cronJobOf(release: Release, component: string) {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadataOf(release, component),
    spec: {
      schedule: SCHEDULE,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      suspend: component === DRILL,
      jobTemplate: {
        metadata: { labels: chartLabels(release.release, component) },
        spec: { backoffLimit: 0, template: templateOf(release, component) },
      },
    },
  };
}
