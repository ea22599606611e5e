import { Sandbox, VirtualClock } from '@akko/kube-sandbox';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { createFleet, type Fleet, type MirrorChange } from '../clusters';
import { chartLabels } from '../testing/kubernetesObjects';
import { DatabaseRunStore } from './DatabaseRunStore';
import { FleetRunRecorder } from './FleetRunRecorder';

const JOBS = 100;
const NAMESPACE = 'akko';

jest.setTimeout(180_000);

function aJobWithShortLife(index: number) {
  const labels = chartLabels('akko', 'minio-init');
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `akko-minio-init-${index}`,
      namespace: NAMESPACE,
      labels,
    },
    spec: {
      ttlSecondsAfterFinished: 5,
      backoffLimit: 0,
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'main', image: 'akko-init:1.0.0' }],
        },
      },
    },
  };
}

describe('Jobs that Kubernetes removes five seconds after their end', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let sandbox: Sandbox;
  // Five seconds are five seconds here however busy the machine is; timeToLive.cluster.test.ts has the real ones.
  let clock: VirtualClock;
  let fleet: Fleet;
  let recorder: FleetRunRecorder;
  let store: DatabaseRunStore;

  beforeEach(async () => {
    clock = new VirtualClock(Date.now());
    sandbox = await Sandbox.start({
      clock,
      clusters: [
        {
          name: 'prod',
          namespaces: [NAMESPACE],
          workloads: {
            scenarios: [
              {
                duration: 0.2,
                log: ['looking at {{job}}'],
                terminationMessage: {
                  schema: 'akko.io/report/v1',
                  job: 'minio-init',
                  outcome: 'succeeded',
                  changes: [
                    { kind: 'bucket', name: '{{job}}', action: 'created' },
                  ],
                },
              },
            ],
          },
        },
      ],
    });
    const { url, caCertificate, token } = sandbox.clusters.get('prod')!;
    const client = await databases.init('SQLITE_3');
    store = await DatabaseRunStore.create({
      database: { getClient: async () => client },
    });
    const logger = mockServices.logger.mock();
    fleet = createFleet({
      logger,
      config: {
        clusters: [
          {
            name: 'prod',
            title: 'prod',
            access: { type: 'url', url, caData: caCertificate, token },
          },
        ],
      },
    });
    recorder = new FleetRunRecorder({ fleet, store, logger });
    await recorder.start();
    await fleet.start();
  });

  afterEach(async () => {
    await recorder.stop();
    await fleet.stop();
    await sandbox.stop();
  });

  it('leave log, report and outcome of every one of a hundred in the history', async () => {
    const { store: objects } = sandbox.clusters.get('prod')!;
    for (let index = 0; index < JOBS; index++) {
      objects.create('jobs', aJobWithShortLife(index));
    }
    const seen = (type: 'ended' | 'deleted') =>
      seenOfJobs(fleet, JOBS, ({ type: change, object }) =>
        type === 'deleted'
          ? change === 'deleted'
          : Boolean(object.status?.completionTime),
      );
    const allEnded = seen('ended');
    const allRemoved = seen('deleted');
    await clock.advance(4_000);
    await allEnded;
    await recorder.settled();
    await clock.advance(5_000);
    await allRemoved;
    await recorder.settled();

    const { items } = await store.list({
      instance: { cluster: 'prod', namespace: NAMESPACE, release: 'akko' },
      name: 'minio-init',
      limit: 2 * JOBS,
    });
    expect(items).toHaveLength(JOBS);
    for (const run of items) {
      expect(run).toMatchObject({
        state: 'succeeded',
        live: false,
        exitCode: 0,
        report: { changes: [{ name: run.jobName }] },
        attempts: [{ number: 1, hasLog: true }],
      });
      const log = await store.readLog(run.id, 1);
      expect(log?.text.trim()).toBe(`looking at ${run.jobName}`);
    }
  });
});

/** Resolves when that many Jobs were seen as asked for. */
function seenOfJobs(
  fleet: Fleet,
  count: number,
  isMeant: (change: Extract<MirrorChange, { kind: 'jobs' }>) => boolean,
): Promise<void> {
  return new Promise(resolve => {
    const seen = new Set<string>();
    fleet.subscribe({
      onChange: change => {
        if (change.kind === 'jobs' && isMeant(change)) {
          seen.add(change.object.metadata!.name!);
        }
        if (seen.size === count) {
          resolve();
        }
      },
    });
  });
}
