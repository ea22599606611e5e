/** An init job or backup that every AKKO chart knows. @public */
export interface KnownJob {
  /** Name, as in the component label and in `<release>-<name>`. */
  name: string;
  /** Title for people. */
  title: string;
  kind: 'init' | 'backup';
  /** Init jobs that should have succeeded before. */
  dependsOn: string[];
}

/**
 * The chart's jobs, in dependency order. Used for instances without a job catalogue; a catalogue wins.
 * Source: docs.akko-ai.com, services/init-jobs.
 * @public
 */
export const KNOWN_JOBS: readonly KnownJob[] = [
  { name: 'postgres-init', title: 'PostgreSQL', kind: 'init', dependsOn: [] },
  {
    name: 'postgres-data-init',
    title: 'PostgreSQL data',
    kind: 'init',
    dependsOn: [],
  },
  { name: 'minio-init', title: 'Object storage', kind: 'init', dependsOn: [] },
  {
    name: 'polaris-init',
    title: 'Polaris catalog',
    kind: 'init',
    dependsOn: ['postgres-init', 'minio-init'],
  },
  {
    name: 'keycloak-clients',
    title: 'Keycloak clients',
    kind: 'init',
    dependsOn: ['postgres-init'],
  },
  {
    name: 'keycloak-sync',
    title: 'Keycloak users',
    kind: 'init',
    dependsOn: ['keycloak-clients'],
  },
  {
    name: 'bootstrap-admin',
    title: 'First admin',
    kind: 'init',
    dependsOn: ['keycloak-clients'],
  },
  {
    name: 'ai-functions',
    title: 'AI functions',
    kind: 'init',
    dependsOn: ['postgres-data-init'],
  },
  {
    name: 'superset-bootstrap',
    title: 'Superset dashboard',
    kind: 'init',
    dependsOn: ['postgres-init', 'postgres-data-init', 'polaris-init'],
  },
  {
    name: 'backup-postgres',
    title: 'PostgreSQL backup',
    kind: 'backup',
    dependsOn: [],
  },
  {
    name: 'backup-minio',
    title: 'Object storage backup',
    kind: 'backup',
    dependsOn: [],
  },
];
