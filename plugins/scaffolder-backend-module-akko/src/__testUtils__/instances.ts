import type {
  Backup,
  BackupEntry,
  Finding,
  InitJob,
  Instance,
  Run,
} from '@akko/backstage-plugin-akko-common';

/** A run that succeeded, with a report, where nothing else is said. */
export function aRun(overrides: Partial<Run> & Pick<Run, 'id' | 'name'>): Run {
  return {
    uid: `uid-of-${overrides.id}`,
    instance: 'prod-eu/akko/akko',
    kind: 'init',
    state: 'succeeded',
    trigger: { type: 'helm', revision: 14 },
    createdAt: '2026-01-01T00:00:00Z',
    attempts: [],
    live: true,
    ...overrides,
  };
}

/** An init job that is done, where nothing else is said. */
export function aJob(name: string, overrides: Partial<InitJob> = {}): InitJob {
  return {
    name,
    title: name,
    state: 'succeeded',
    enabled: true,
    dependsOn: [],
    lastRun: aRun({ id: `old-${name}`, name }),
    ...overrides,
  };
}

/** A backup that is on. */
export function aBackup(name: string, overrides: Partial<Backup> = {}): Backup {
  return {
    name,
    title: name,
    enabled: true,
    runnable: true,
    freshness: 'fresh',
    concerns: [],
    ...overrides,
  };
}

/** An entry of the ledger: a good backup. @param id - of its run */
export function anEntry(id: string, backup: string): BackupEntry {
  return {
    id,
    instance: 'prod-eu/akko/akko',
    backup,
    origin: 'manual',
    state: 'succeeded',
    createdAt: '2026-01-01T00:00:00Z',
    bytes: 1_288_490_189,
    items: 7,
    location: `s3://akko-backups/${backup}/2026-01-01`,
    verification: { level: 'checksum' },
    retention: { rank: 1, of: 7 },
    hasLog: true,
    findings: [],
  };
}

/** A finding about a job. */
export function aFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    id: 'finding-1',
    rule: 'keycloak-unauthorised',
    severity: 'error',
    title: 'Keycloak refuses the administrator',
    cause: 'The Secret differs from the running server',
    confidence: 'certain',
    object: { kind: 'Job', name: 'akko-keycloak-clients' },
    job: 'keycloak-clients',
    causeKey: 'keycloak',
    evidence: [],
    steps: [
      { text: 'Compare the two', command: 'kubectl get secret akko-keycloak' },
      { text: 'Run the job again' },
    ],
    consequences: [],
    openedAt: '2026-01-01T00:00:00Z',
    ...overrides,
  };
}

/** A healthy instance with two jobs, where nothing else is said. */
export function anInstance(overrides: Partial<Instance> = {}): Instance {
  const ref = overrides.ref ?? 'prod-eu/akko/akko';
  const [cluster, namespace, release] = ref.split('/');
  const jobs = overrides.jobs ?? [aJob('minio-init'), aJob('keycloak-clients')];
  return {
    ref,
    cluster,
    namespace,
    release,
    title: release,
    chartVersion: '2026.04',
    sandbox: false,
    stale: false,
    health: 'healthy',
    headline: `All ${jobs.length} jobs done`,
    segments: [],
    permissions: [],
    updatedAt: '2026-01-01T00:00:00Z',
    clusterState: {
      name: cluster,
      title: cluster,
      sandbox: false,
      reachable: true,
      stale: false,
    },
    jobs,
    jobCounts: {
      total: jobs.length,
      succeeded: jobs.length,
      failed: 0,
      running: 0,
      pending: 0,
      expired: 0,
      missing: 0,
      disabled: 0,
      unknown: 0,
    },
    backups: [],
    backupCounts: { total: 0 },
    findings: [],
    activeOperations: [],
    ...overrides,
  };
}
