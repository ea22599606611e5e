import {
  KNOWN_JOBS,
  type InitJob,
  type InitJobState,
  type Instance,
  type InstanceSummary,
  type Operation,
  type RunDetail,
} from '@akko/backstage-plugin-akko-common';

/** The instance that tests look at. */
export const REF = 'prod-eu/akko/akko';

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
