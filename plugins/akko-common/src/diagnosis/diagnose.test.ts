import fc from 'fast-check';
import {
  aJob,
  anEvent,
  aPod,
  at,
  podName,
  reporting,
  saying,
} from './__testUtils__/evidence';
import { diagnose } from './diagnose';
import type { Evidence, KubernetesObject } from './types';

const REFUSED =
  'psql: error: connection to server at "akko-postgresql" (10.96.14.2), port 5432 failed: Connection refused';
const WRONG_PASSWORD =
  'psql: error: connection to server at "akko-postgresql" (10.96.14.2), port 5432 failed: FATAL:  password authentication failed for user "akko_admin"';

const rulesOf = (evidence: Evidence) =>
  diagnose(evidence).map(({ rule }) => rule);

describe('what is true now', () => {
  it('has nothing to say of a job that succeeded after a failed attempt', () => {
    expect(
      diagnose({
        jobs: [aJob({ state: 'succeeded' })],
        pods: [
          aPod({ suffix: 'aaaaa', createdAt: 1 }),
          aPod({ suffix: 'bbbbb', createdAt: 30, phase: 'Succeeded' }),
        ],
        logs: [{ pod: podName({ suffix: 'aaaaa' }), text: REFUSED }],
        events: [
          anEvent({
            name: podName({ suffix: 'aaaaa' }),
            reason: 'FailedScheduling',
            message: '0/1 nodes are available',
          }),
        ],
      }),
    ).toEqual([]);
  });

  it('has nothing to say of a job whose newest pod runs, whatever the one before met', () => {
    expect(
      diagnose({
        jobs: [aJob({ state: 'running' })],
        pods: [
          aPod({ suffix: 'aaaaa', createdAt: 1 }),
          aPod({ suffix: 'bbbbb', createdAt: 30, phase: 'Running' }),
        ],
        logs: [{ pod: podName({ suffix: 'aaaaa' }), text: REFUSED }],
      }),
    ).toEqual([]);
  });

  it('warns while a failed attempt waits for the next one', () => {
    expect(
      diagnose({
        jobs: [aJob({ state: 'running' })],
        pods: [aPod()],
        logs: [{ pod: podName(), text: REFUSED }],
      }),
    ).toMatchObject([{ rule: 'target-refused', severity: 'warning' }]);
  });

  it('goes by the newest Job of a name', () => {
    expect(
      diagnose({
        jobs: [
          aJob({ createdAt: 0, uid: 'old' }),
          aJob({ createdAt: 100, uid: 'new', state: 'succeeded' }),
        ],
      }),
    ).toEqual([]);
  });

  it('goes by the history where it tells of a success since', () => {
    expect(
      diagnose({
        ...saying(REFUSED),
        history: [
          { job: 'postgres-init', state: 'succeeded', finishedAt: at(500) },
        ],
      }),
    ).toEqual([]);
  });

  it('lets the newest attempt decide', () => {
    expect(
      rulesOf({
        jobs: [aJob()],
        pods: [
          aPod({ suffix: 'aaaaa', createdAt: 1 }),
          aPod({ suffix: 'bbbbb', createdAt: 30 }),
        ],
        logs: [
          { pod: podName({ suffix: 'aaaaa' }), text: REFUSED },
          { pod: podName({ suffix: 'bbbbb' }), text: WRONG_PASSWORD },
        ],
      }),
    ).toEqual(['password-mismatch']);
  });

  it('lets the last of many lines decide', () => {
    expect(
      rulesOf(
        saying(
          [...Array(50).fill(REFUSED), WRONG_PASSWORD, 'exit 1'].join('\n'),
        ),
      ),
    ).toEqual(['password-mismatch']);
  });

  it.each([
    ['FailedScheduling', '0/1 nodes are available: 1 Insufficient cpu.'],
    [
      'FailedMount',
      'MountVolume.SetUp failed for volume "a" : secret "b" not found',
    ],
  ])('forgets %s once the container has started', (reason, message) => {
    const name = podName();
    expect(
      rulesOf({
        jobs: [aJob()],
        pods: [aPod()],
        logs: [{ pod: name, text: WRONG_PASSWORD }],
        events: [
          anEvent({ name, reason, message, at: 2 }),
          anEvent({ name, reason: 'Started', at: 3 }),
        ],
      }),
    ).toEqual(['password-mismatch']);
  });

  it('forgets a pod that could not be made once one was', () => {
    const job = { kind: 'Job' as const, name: 'akko-postgres-init' };
    expect(
      rulesOf({
        jobs: [aJob({ state: 'running' })],
        events: [
          anEvent({
            ...job,
            reason: 'FailedCreate',
            message: 'serviceaccount "x" not found',
            at: 1,
          }),
          anEvent({ ...job, reason: 'SuccessfulCreate', at: 9 }),
        ],
      }),
    ).toEqual([]);
  });

  it('remembers by its events what a pod met that the deadline took away', () => {
    const name = podName();
    expect(
      diagnose({
        jobs: [aJob({ reason: 'DeadlineExceeded' })],
        events: [
          anEvent({ name, reason: 'Scheduled', at: 1 }),
          anEvent({
            name,
            reason: 'Failed',
            message:
              'Failed to pull image "registry.example.com/a:1": failed to resolve reference "registry.example.com/a:1": not found',
            at: 3,
          }),
        ],
      }),
    ).toMatchObject([{ rule: 'image-not-found', severity: 'error' }]);
  });
});

describe('a report', () => {
  it.each([
    [
      'authentication-failed',
      'postgresql',
      'password-mismatch',
      'postgres-init',
    ],
    [
      'authentication-failed',
      'keycloak',
      'keycloak-unauthorised',
      'keycloak-clients',
    ],
    ['authentication-failed', 'polaris', 'client-secret-wrong', 'polaris-init'],
    [
      'authentication-failed',
      'superset',
      'superset-login-refused',
      'superset-bootstrap',
    ],
    [
      'authentication-failed',
      'directory',
      'directory-bind-refused',
      'keycloak-sync',
    ],
    ['permission-denied', 'keycloak', 'keycloak-forbidden', 'bootstrap-admin'],
    [
      'permission-denied',
      'object storage',
      'role-or-permission-missing',
      'minio-init',
    ],
    ['not-found', 'object storage', 'bucket-missing', 'backup-minio'],
    ['misconfigured', undefined, 'misconfigured', 'minio-init'],
    ['conflict', 'keycloak', 'conflict', 'bootstrap-admin'],
    ['internal', undefined, 'reported-error', 'minio-init'],
  ])('with code %s of %s is %s', (code, service, rule, job) => {
    const [finding] = diagnose(
      reporting({ code, service, message: 'It did not work.' }, job),
    );
    expect(finding).toMatchObject({ rule, job, severity: 'error' });
    expect(finding.evidence[0]).toMatchObject({
      kind: 'report',
      text: `${code}: It did not work.`,
    });
  });

  it('is believed rather than the log beside it', () => {
    expect(
      rulesOf({
        ...reporting({
          code: 'authentication-failed',
          service: 'postgresql',
          message: 'postgresql refused the password.',
        }),
        logs: [{ pod: podName(), text: REFUSED }],
      }),
    ).toEqual(['password-mismatch']);
  });

  it('that only says that time was over lets the log tell what was waited for', () => {
    const [finding] = diagnose({
      ...reporting({
        code: 'timeout',
        message: 'The job was not done in time.',
      }),
      logs: [{ pod: podName(), text: REFUSED }],
    });
    expect(finding.rule).toBe('target-refused');
    expect(finding.evidence.map(({ kind }) => kind)).toEqual(['log', 'report']);
  });
});

describe('roots and what follows', () => {
  const failed = (job: string, text: string): Evidence => saying(text, job);
  const together = (...parts: Evidence[]): Evidence => ({
    jobs: parts.flatMap(({ jobs }) => jobs ?? []),
    pods: parts.flatMap(({ pods }) => pods ?? []),
    logs: parts.flatMap(({ logs }) => logs ?? []),
  });

  it('is one root where PostgreSQL is down and three jobs failed', () => {
    const findings = diagnose(
      together(
        failed('keycloak-clients', 'connect ECONNREFUSED akko-keycloak:8080'),
        failed('postgres-init', REFUSED),
        failed('polaris-init', 'HTTP 500'),
      ),
    );
    expect(findings).toMatchObject([
      {
        job: 'postgres-init',
        rule: 'target-refused',
        consequences: [{ job: 'polaris-init' }, { job: 'keycloak-clients' }],
        action: {
          type: 'rerun',
          jobs: ['postgres-init', 'polaris-init', 'keycloak-clients'],
        },
      },
    ]);
  });

  it('keeps apart what has causes of its own', () => {
    expect(
      diagnose(
        together(
          failed('postgres-init', REFUSED),
          failed('keycloak-clients', '{"error":"invalid_grant"}'),
        ),
      ).map(({ job }) => job),
    ).toEqual(['postgres-init', 'keycloak-clients']);
  });

  it('keeps instances apart', () => {
    const findings = diagnose({
      jobs: [aJob(), aJob({ release: 'other', uid: 'o' })],
      pods: [aPod(), aPod({ release: 'other', jobUid: 'o' })],
      logs: [
        { pod: podName(), text: REFUSED },
        { pod: podName({ release: 'other' }), text: REFUSED },
      ],
    });
    expect(findings.map(({ release }) => release).sort()).toEqual([
      'akko',
      'other',
    ]);
    expect(findings[0].causeKey).toBe(findings[1].causeKey);
  });
});

describe('a NetworkPolicy', () => {
  const TIMEOUT =
    'psql: error: connection to server at "akko-postgresql", port 5432 failed: Connection timed out';
  const policy = (ports: object[], podSelector: object = {}) => ({
    kind: 'NetworkPolicy',
    metadata: { name: 'closed', namespace: 'akko' },
    spec: { podSelector, policyTypes: ['Egress'], egress: [{ ports }] },
  });

  it.each<[string, object[], string]>([
    ['does not let the port out', [{ port: 53 }], 'network-policy'],
    ['lets the port out', [{ port: 5432 }], 'target-timeout'],
    ['lets a range out', [{ port: 5000, endPort: 6000 }], 'target-timeout'],
    ['lets all out', [], 'target-timeout'],
  ])('that %s', (_, ports, rule) => {
    expect(
      rulesOf({ ...saying(TIMEOUT), networkPolicies: [policy(ports)] }),
    ).toEqual([rule]);
  });

  it('of other pods is not blamed', () => {
    const other = policy([{ port: 53 }], { matchLabels: { app: 'x' } });
    expect(rulesOf({ ...saying(TIMEOUT), networkPolicies: [other] })).toEqual([
      'target-timeout',
    ]);
  });
});

describe('a Helm release', () => {
  const release = (version: number, status: string, minutes: number) => ({
    name: 'akko',
    namespace: 'akko',
    version,
    status,
    modifiedAt: at(-60 * minutes),
  });

  it.each<[string, Parameters<typeof diagnose>[0]['helmReleases'], string[]]>([
    ['pending for long', [release(2, 'pending-upgrade', 20)], ['helm-pending']],
    ['being upgraded just now', [release(2, 'pending-upgrade', 3)], []],
    [
      'upgraded since',
      [release(2, 'pending-upgrade', 20), release(3, 'deployed', 10)],
      [],
    ],
  ])('that is %s', (_, helmReleases, rules) => {
    expect(rulesOf({ now: at(0), helmReleases })).toEqual(rules);
  });
});

describe('schedules', () => {
  const cronJob = (spec: object, status: object = {}): KubernetesObject => ({
    kind: 'CronJob',
    metadata: {
      name: 'akko-backup-postgres',
      namespace: 'akko',
      uid: 'c',
      labels: {
        'app.kubernetes.io/name': 'akko-init',
        'app.kubernetes.io/instance': 'akko',
        'app.kubernetes.io/component': 'backup-postgres',
      },
    },
    spec: { schedule: '0 2 * * *', ...spec },
    status,
  });
  const event = (reason: string, seconds: number) =>
    anEvent({
      kind: 'CronJob',
      name: 'akko-backup-postgres',
      reason,
      at: seconds,
    });

  it('tells of a suspended backup, and offers to resume it', () => {
    expect(diagnose({ cronJobs: [cronJob({ suspend: true })] })).toMatchObject([
      {
        rule: 'cronjob-suspended',
        severity: 'warning',
        action: { type: 'resume', backup: 'backup-postgres' },
      },
    ]);
  });

  it('tells of missed runs until one begins', () => {
    const missed = { events: [event('MissSchedule', 10)] };
    expect(rulesOf({ cronJobs: [cronJob({})], ...missed })).toEqual([
      'missed-runs',
    ]);
    expect(
      rulesOf({
        cronJobs: [cronJob({}, { lastScheduleTime: at(20) })],
        ...missed,
      }),
    ).toEqual([]);
  });

  it('tells of a run that is left out because the one before goes on', () => {
    const left = { events: [event('JobAlreadyActive', 10)] };
    expect(
      rulesOf({ cronJobs: [cronJob({}, { active: [{}] })], ...left }),
    ).toEqual(['concurrency-forbidden']);
    expect(rulesOf({ cronJobs: [cronJob({})], ...left })).toEqual([]);
  });
});

describe('evidence that is not whole', () => {
  it.each<[string, Evidence, string[]]>([
    ['nothing at all', {}, []],
    ['only the Job', { jobs: [aJob()] }, ['backoff-limit-exceeded']],
    ['only pods', { pods: [aPod({ exitCode: 3 })] }, ['exit-code']],
    [
      'only a log that ends in a failure',
      { logs: [{ pod: podName(), text: `start\n${WRONG_PASSWORD}` }] },
      ['password-mismatch'],
    ],
    [
      'only a log that goes on after a failure',
      {
        logs: [
          {
            pod: podName(),
            text: `${REFUSED}\n${'created something\n'.repeat(6)}`,
          },
        ],
      },
      [],
    ],
  ])('with %s', (_, evidence, rules) => {
    expect(rulesOf(evidence)).toEqual(rules);
  });
});

describe('Jobs without our labels', () => {
  it.each([
    ['akko-eu-postgres-data-init', 'postgres-data-init', 'akko-eu'],
    ['akko-backup-postgres-29933080', 'backup-postgres', 'akko'],
    ['minio-init', 'minio-init', undefined],
    ['something-else', 'something-else', undefined],
  ])('are known by their name %s', (name, job, release) => {
    const [finding] = diagnose({
      jobs: [{ ...aJob(), metadata: { name, namespace: 'x', uid: 'u' } }],
    });
    expect(finding).toMatchObject({ job });
    expect(finding.release).toBe(release);
  });

  it('have logs whose files are named after pod and container', () => {
    expect(
      rulesOf({
        ...saying(''),
        logs: [
          { pod: `${podName()}_akko-postgres-init`, text: WRONG_PASSWORD },
        ],
      }),
    ).toEqual(['password-mismatch']);
  });
});

describe('evidence that means harm', () => {
  const anything = fc.anything({ withDate: true, withNullPrototype: true });
  const object = fc.dictionary(fc.string(), anything);

  it('is read without an error, whatever its objects are', () => {
    fc.assert(
      fc.property(
        fc.record({
          jobs: fc.array(object),
          pods: fc.array(object),
          cronJobs: fc.array(object),
          events: fc.array(object),
          configMaps: fc.array(object),
        }),
        evidence => {
          expect(Array.isArray(diagnose(evidence as Evidence))).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is read without an error when fields of real objects are anything', () => {
    fc.assert(
      fc.property(anything, anything, anything, (a, b, c) => {
        const findings = diagnose({
          jobs: [
            { ...aJob(), status: a },
            { ...aJob(), spec: b },
          ] as never,
          pods: [
            { ...aPod(), status: c },
            { ...aPod(), spec: a },
          ] as never,
          events: [{ ...anEvent({ name: 'x', reason: 'Failed' }), message: b }],
        });
        expect(Array.isArray(findings)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('shows no control characters, and not more than a line', () => {
    const [finding] = diagnose(
      saying(
        `\u001b[31m${WRONG_PASSWORD}\u001b[0m\u0007\u202e${'x'.repeat(1e5)}`,
      ),
    );
    expect(finding.rule).toBe('password-mismatch');
    // eslint-disable-next-line no-control-regex
    expect(JSON.stringify(finding)).not.toMatch(/\\u001b|\\u0007|\u202e/);
    expect(finding.evidence[0].text.length).toBeLessThanOrEqual(1000);
  });

  it('finds what stands at the end of a log of many megabytes', () => {
    const bait = `${'a'.repeat(5000)}! ${'0'.repeat(5000)} realm ${'"'.repeat(
      5000,
    )}\n`;
    expect(rulesOf(saying(bait.repeat(1000) + WRONG_PASSWORD))).toEqual([
      'password-mismatch',
    ]);
  });

  it('shows no secret that the Job has in its variables, nor one that looks like it', () => {
    const text = JSON.stringify(
      diagnose({
        jobs: [aJob({ env: [{ name: 'PGPASSWORD', value: 'hunter22' }] })],
        pods: [aPod()],
        logs: [
          {
            pod: podName(),
            text: `${REFUSED} with hunter22 password=geheim99 postgres://u:tiefer77@h/db`,
          },
        ],
      }),
    );
    expect(text).toContain('Connection refused');
    expect(text).not.toMatch(/hunter22|geheim99|tiefer77/);
  });

  it('puts no secret into a command, though a log calls it a user', () => {
    const secret = 'hunter22';
    const [finding] = diagnose({
      ...saying(`FATAL:  password authentication failed for user "${secret}"`),
      jobs: [aJob({ env: [{ name: 'PGPASSWORD', value: secret }] })],
    });
    expect(finding.rule).toBe('password-mismatch');
    expect(JSON.stringify(finding)).not.toContain(secret);
  });

  it('quotes names that try to break out of a command', () => {
    const name = "x'; reboot; echo '";
    const findings = diagnose({
      jobs: [
        {
          ...aJob(),
          metadata: {
            name,
            namespace: '$(reboot)',
            uid: 'u',
            labels: { 'app.kubernetes.io/instance': name },
          },
        },
      ],
    });
    for (const { command } of findings.flatMap(({ steps }) => steps)) {
      const unquoted = (command ?? '').replace(/'(?:[^']|'\\'')*'/g, '');
      expect(unquoted).not.toMatch(/reboot|[;$`]/);
    }
    expect(findings).toHaveLength(1);
  });
});
