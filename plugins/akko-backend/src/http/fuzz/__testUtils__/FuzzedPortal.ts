import { Sandbox } from '@akko/kube-sandbox';
import { eventually } from '../../../acceptance/__testUtils__/eventually';
import {
  BACKUPS,
  INIT_JOBS,
  install,
  refused,
} from '../../__testUtils__/portalRelease';
import {
  OPERATOR,
  READER,
  SandboxPortal,
  STRANGER,
} from '../../__testUtils__/SandboxPortal';
import { Canaries } from './Canaries';
import type { CallerName, Names } from './drawnRequests';

/** Releases on the simulated cluster. */
const RELEASES = [
  { namespace: 'akko', release: 'akko' },
  { namespace: 'akko-lab', release: 'lab' },
  { namespace: 'akko-risk', release: 'risk' },
];
/** Nobody listens there. */
const AWAY = 'away';
/** It is there, and refuses the portal. */
const CLOSED = 'closed';

/** A portal with a small fleet in every state, and secrets in all its corners. */
export class FuzzedPortal {
  readonly outOfReach = [AWAY, CLOSED];
  readonly tokens: Record<CallerName, string | undefined> = {
    operator: OPERATOR,
    reader: READER,
    stranger: STRANGER,
    nobody: undefined,
    forger: `${OPERATOR.slice(0, -1)}S`,
  };

  private constructor(
    private readonly portal: SandboxPortal,
    private readonly closed: Sandbox,
    readonly canaries: Canaries,
  ) {}

  static async start(): Promise<FuzzedPortal> {
    const canaries = new Canaries();
    const closed = await Sandbox.start({ clusters: [{ name: CLOSED }] });
    const { caCertificate, url } = closed.clusters.get(CLOSED)!;
    const portal = await SandboxPortal.start({
      scenarios: [
        talking(canaries),
        refused('keycloak-clients', { namespace: 'akko' }),
        refused('polaris-init', { namespace: 'akko-risk', always: true }),
      ],
      externalAccess: [
        {
          type: 'static',
          options: {
            token: canaries.of("another program's token"),
            subject: 'other',
          },
        },
      ],
      clusters: [
        {
          name: AWAY,
          url: 'http://127.0.0.1:1',
          token: canaries.of('the token of a cluster out of reach'),
        },
        {
          name: CLOSED,
          url,
          caData: caCertificate!,
          token: canaries.of('the token that a cluster refuses'),
        },
      ],
      akko: {
        rateLimits: { reads: false, changes: false },
        instances: [AWAY, CLOSED].map(cluster => ({
          cluster,
          namespace: 'akko',
          release: 'akko',
        })),
      },
      config: {
        integrations: {
          github: [
            { host: 'github.com', token: canaries.of('an integration') },
          ],
        },
      },
    });
    canaries.add('the token of a cluster', portal.cluster.token);
    canaries.add("the operator's token", OPERATOR);
    RELEASES.forEach(release =>
      install(portal.cluster, { ...release, ...secretsOf(canaries) }),
    );
    const fuzzed = new FuzzedPortal(portal, closed, canaries);
    await fuzzed.settled();
    return fuzzed;
  }

  get port(): number {
    return Number(new URL(this.portal.url).port);
  }

  /** What requests are drawn from. */
  get names(): Names {
    const instances = [
      ...RELEASES.map(release => ({ cluster: 'prod', ...release })),
      ...this.outOfReach.map(cluster => ({
        cluster,
        namespace: 'akko',
        release: 'akko',
      })),
    ];
    return {
      // Most questions are about what is there.
      instances: [...instances, ...instances.slice(0, RELEASES.length)],
      values: {
        job: [...Object.keys(INIT_JOBS), ...BACKUPS, 'drill-postgres'],
        backup: BACKUPS,
        cluster: ['prod', ...this.outOfReach],
        namespace: RELEASES.map(({ namespace }) => namespace),
        rule: ['password-mismatch', 'job-failed'],
        q: ['akko', 'LAB', 'prod/'],
        timeZone: ['Europe/Paris', 'Etc/UTC', 'America/St_Johns'],
        wait: ['0', '1', '60'],
        attempt: ['1', '1', '2'],
      },
    };
  }

  async stop(): Promise<void> {
    await this.portal.stop();
    await this.closed.stop();
  }

  /** Waits until everything that was installed has run, and both other clusters have shown what they are. */
  private async settled(): Promise<void> {
    await eventually(
      'the fleet is in the state that requests are made for',
      async () => [
        await this.portal.get('/instances'),
        await this.portal.get('/clusters'),
      ],
      ([{ body: instances }, { body: clusters }]) =>
        instances.totals?.failed === 2 &&
        instances.totals.progressing === 0 &&
        clusters.items.filter((each: any) => each.error).length === 2,
    );
    for (const { namespace, release } of RELEASES) {
      for (const [action, backup] of [
        ['backup', 'backup-postgres'],
        ['backup', 'backup-minio'],
        ['drill', 'backup-postgres'],
      ]) {
        await this.portal.post(
          `/instances/prod/${namespace}/${release}/operations`,
          { action, backup },
        );
      }
    }
  }
}

/** A job that tells its secrets in every way that a program has. */
function talking(canaries: Canaries) {
  const known = canaries.of('a variable, told by a log');
  return {
    match: { labels: { 'app.kubernetes.io/component': 'minio-init' } },
    duration: 0.1,
    // All at once, so that their order is certain.
    log: [
      `connecting as akko with ${known}`,
      `password=${canaries.of('a log, after password=')}`,
      `Authorization: Bearer ${canaries.of('a log, as a bearer token')}`,
      `postgresql://akko:${canaries.of(
        'a log, in a URL',
      )}@akko-postgresql:5432/superset`,
      `mc --secret-key ${canaries.of('a log, after a flag')} ls`,
      '-----BEGIN PRIVATE KEY-----',
      canaries.of('a log, in a PEM block'),
      '-----END PRIVATE KEY-----',
      'done',
    ].map(text => ({ text, after: 0 })),
    terminationMessage: {
      schema: 'akko.io/report/v1',
      job: 'minio-init',
      outcome: 'succeeded',
      changes: [
        {
          kind: 'bucket',
          name: 'akko-warehouse',
          action: 'unchanged',
          note: `token: ${canaries.of('a report')}, and ${known}`,
        },
      ],
    },
  };
}

function secretsOf(canaries: Canaries) {
  return {
    env: [
      { name: 'POSTGRES_PASSWORD', value: canaries.of('a variable') },
      { name: 'ADMIN_TOKEN', value: canaries.of('a variable, told by a log') },
      {
        name: 'DATABASE_URL',
        value: `postgresql://akko:${canaries.of(
          'a URL in a variable',
        )}@db/akko`,
      },
    ],
    args: ['--secret-key', canaries.of('a flag')],
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
        data: canaries.of('what kubectl apply keeps'),
      }),
    },
  };
}
