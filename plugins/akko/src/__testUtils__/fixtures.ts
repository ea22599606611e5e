import {
  akkoPermissions,
  KNOWN_JOBS,
  type Backup,
  type BackupEntry,
  type Finding,
  type FindingSummary,
  type InitJob,
  type InitJobState,
  type Instance,
  type InstanceSummary,
  type Operation,
  type RunDetail,
} from '@akko/backstage-plugin-akko-common';

/** The instance that tests look at. */
export const REF = 'prod-eu/akko/akko';

/** What those have who may do everything. */
export const ALL_PERMISSIONS = akkoPermissions.map(({ name }) => name);

/** All permissions but some. */
export function without(...names: string[]): string[] {
  return ALL_PERMISSIONS.filter(name => !names.includes(name));
}

/** A run of keycloak-clients that failed. */
export function aRun(change: Partial<RunDetail> = {}): RunDetail {
  return {
    id: 'run-1',
    uid: 'uid-1',
    instance: REF,
    name: 'keycloak-clients',
    jobName: 'akko-keycloak-clients',
    kind: 'init',
    state: 'failed',
    trigger: { type: 'helm', revision: 14 },
    createdAt: '2026-11-23T10:00:00Z',
    startedAt: '2026-11-23T10:00:01Z',
    finishedAt: '2026-11-23T10:00:39Z',
    durationSeconds: 38,
    errorLine: 'ERROR authentication-failed',
    exitCode: 1,
    attempts: [
      {
        number: 1,
        pod: 'akko-keycloak-clients-abcde',
        exitCode: 1,
        reason: 'Error',
        startedAt: '2026-11-23T10:00:02Z',
        finishedAt: '2026-11-23T10:00:38Z',
        hasLog: true,
      },
    ],
    events: [],
    findings: [],
    live: true,
    report: {
      schema: 'akko.io/report/v1',
      job: 'keycloak-clients',
      outcome: 'failed',
      error: {
        code: 'authentication-failed',
        service: 'keycloak',
        message: 'Keycloak refuses the admin password',
      },
    },
    ...change,
  };
}

/** PostgreSQL is down: postgres-init failed of it, and superset-bootstrap with it. */
export function aFinding(change: Partial<Finding> = {}): Finding {
  return {
    id: 'akko/akko/postgres-init/target-refused',
    rule: 'target-refused',
    severity: 'error',
    title: 'PostgreSQL refuses connections',
    cause:
      'PostgreSQL at akko-postgresql:5432 does not take connections: it is down, still starting, or listens elsewhere.',
    confidence: 'likely',
    object: { kind: 'Job', namespace: 'akko', name: 'akko-postgres-init' },
    job: 'postgres-init',
    run: 'run-1',
    causeKey: 'target-refused akko-postgresql:5432',
    evidence: [
      {
        kind: 'log',
        source: 'Pod/akko-postgres-init-w97xj',
        text: 'connection to server at "akko-postgresql" failed: Connection refused',
        line: 7,
        at: '2026-11-23T10:00:38Z',
      },
    ],
    steps: [
      {
        text: 'See whether its pods are ready.',
        command: 'kubectl get --namespace=akko pods',
      },
      { text: 'If they are ready, compare host and port in the values.' },
    ],
    action: {
      type: 'rerun',
      jobs: ['postgres-init', 'superset-bootstrap'],
      after: 'PostgreSQL is ready',
    },
    consequences: [
      {
        job: 'superset-bootstrap',
        rule: 'database-missing',
        text: 'The database superset is missing',
        object: { kind: 'Job', name: 'akko-superset-bootstrap' },
      },
    ],
    openedAt: '2026-11-23T10:00:39Z',
    seenAt: '2026-11-23T10:05:00Z',
    ...change,
  };
}

/** A finding in the one line that the fleet page has for it. */
export function summaryOf(finding: Finding): FindingSummary {
  const { id, rule, severity, title, cause, job, causeKey, openedAt } = finding;
  return { id, rule, severity, title, cause, job, causeKey, openedAt };
}

/** The nine jobs, all done but for what is given. */
export function someJobs(
  states: Partial<Record<string, InitJobState>> = {},
): InitJob[] {
  return KNOWN_JOBS.filter(({ kind }) => kind === 'init').map(
    ({ name, title, dependsOn }) => {
      const state = states[name] ?? 'succeeded';
      return {
        name,
        title,
        dependsOn,
        enabled: state !== 'disabled',
        state,
        lastRun:
          state === 'failed'
            ? aRun({ name })
            : aRun({
                id: `run-of-${name}`,
                name,
                state: 'succeeded',
                report: undefined,
              }),
      };
    },
  );
}

/** An instance whose keycloak-clients failed, unless something else is given. */
export function anInstance(
  states: Partial<Record<string, InitJobState>> = {
    'keycloak-clients': 'failed',
  },
  change: Partial<Instance> = {},
): Instance {
  const jobs = someJobs(states);
  const count = (state: InitJobState) =>
    jobs.filter(job => job.state === state).length;
  const failed = count('failed');
  return {
    ref: REF,
    cluster: 'prod-eu',
    clusterTitle: 'Production Europe',
    namespace: 'akko',
    release: 'akko',
    title: 'akko',
    sandbox: false,
    stale: false,
    health: failed ? 'failed' : 'healthy',
    headline: failed
      ? `${count('succeeded')} of 9 jobs done, ${failed} failed`
      : 'All 9 jobs done',
    segments: jobs.map(({ name, state }) => ({ name, state })),
    revision: 14,
    permissions: ALL_PERMISSIONS,
    updatedAt: '2026-11-23T10:00:39Z',
    topFailure: failed
      ? {
          job: 'keycloak-clients',
          run: 'run-1',
          message: 'Keycloak refuses the admin password',
          at: '2026-11-23T10:00:39Z',
        }
      : undefined,
    clusterState: {
      name: 'prod-eu',
      title: 'Production Europe',
      sandbox: false,
      reachable: true,
      stale: false,
    },
    jobs,
    jobCounts: {
      total: 9,
      succeeded: count('succeeded'),
      failed,
      running: count('running'),
      pending: count('pending'),
      expired: count('expired'),
      missing: count('missing'),
      disabled: count('disabled'),
      unknown: count('unknown'),
    },
    backups: [],
    backupCounts: { total: 0 },
    findings: [],
    activeOperations: [],
    ...change,
  };
}

/** The row of an instance on the fleet page. */
export function aSummary(
  change: Partial<InstanceSummary> = {},
): InstanceSummary {
  const { jobCounts, backupCounts, jobs, backups, ...core } = anInstance();
  return { ...core, jobs: jobCounts, backups: backupCounts, ...change };
}

/** A re-run of keycloak-clients. */
export function anOperation(change: Partial<Operation> = {}): Operation {
  return {
    id: 'op-1',
    instance: REF,
    action: 'rerun',
    state: 'running',
    requestedBy: 'user:default/ana',
    via: 'portal',
    requestedAt: '2026-11-23T11:00:00Z',
    steps: [{ job: 'keycloak-clients', wave: 0, state: 'running' }],
    ...change,
  };
}

/** A PostgreSQL backup that is as it should be. */
export function aBackup(change: Partial<Backup> = {}): Backup {
  return {
    name: 'backup-postgres',
    title: 'PostgreSQL',
    enabled: true,
    freshness: 'fresh',
    concerns: [],
    schedule: '0 2 * * *',
    timeZone: 'Europe/Paris',
    suspended: false,
    lastGoodAt: hoursAgo(6),
    lastVerifiedAt: hoursAgo(6),
    lastRestoredAt: hoursAgo(54),
    runnable: true,
    usualDurationSeconds: 720,
    retention: 7,
    target: {
      recoveryPointSeconds: 93_600,
      graceSeconds: 3600,
      verifiedLevel: 'readable',
      verifiedWithinSeconds: 604_800,
      shrunkBelow: 0.5,
      grownAbove: 3,
    },
    drill: {
      name: 'drill-postgres',
      title: 'PostgreSQL drill',
      runnable: true,
      restoreSeconds: 192,
      scheduledBy: 'portal',
      nextRunAt: hoursAgo(-48),
      lastRun: aRun({
        id: 'drill-1',
        name: 'drill-postgres',
        kind: 'drill',
        state: 'succeeded',
        finishedAt: hoursAgo(50),
      }),
    },
    ...change,
  };
}

/** A good nightly backup in the ledger. */
export function anEntry(change: Partial<BackupEntry> = {}): BackupEntry {
  return {
    id: 'entry-1',
    instance: REF,
    backup: 'backup-postgres',
    origin: 'scheduled',
    state: 'succeeded',
    scheduledFor: '2026-11-23T02:00:00Z',
    createdAt: '2026-11-23T02:00:01Z',
    startedAt: '2026-11-23T02:00:02Z',
    finishedAt: '2026-11-23T02:12:00Z',
    durationSeconds: 718,
    bytes: 6 * 1024 ** 3,
    bytesSource: 'report',
    ratio: 1.012,
    items: 9,
    location: '/backups/postgres/20261123T020002000Z-859711',
    sha256: '0123456789abcdef'.repeat(4),
    verification: {
      level: 'readable',
      at: '2026-11-23T02:12:00Z',
      by: 'entry-1',
    },
    retention: { rank: 1, of: 7 },
    hasLog: true,
    findings: [],
    ...change,
  };
}

/** RFC 3339. @param hours - negative ones are to come */
export function hoursAgo(hours: number): string {
  return new Date(Date.now() - hours * 3_600_000).toISOString();
}
