import { Sandbox, type Fault, type SandboxCluster } from '@akko/kube-sandbox';
import { mockServices } from '@backstage/backend-test-utils';
import type { Cluster } from '@akko/backstage-plugin-akko-common';
import type { V1Job } from '@kubernetes/client-node';
import fc from 'fast-check';
import type { ClusterConfig } from '../config';
import { createFleet } from './KubernetesFleet';
import { ManualClock, until } from './testing/ManualClock';
import type { Fleet, MirrorChange } from './types';

jest.setTimeout(60_000);

const NAMESPACE = 'akko';

/** What architecture and README promise that the portal's Role needs, to observe. */
const OBSERVER = {
  token: 'observer',
  rules: [
    {
      verbs: ['get', 'list', 'watch'],
      resources: ['jobs', 'cronjobs', 'pods', 'events', 'configmaps'],
      namespaces: [NAMESPACE],
    },
  ],
};

const isEnded = (job?: V1Job) =>
  job?.status?.conditions?.some(
    ({ type, status }) =>
      ['Complete', 'Failed'].includes(type) && status === 'True',
  ) ?? false;

describe('the fleet on simulated clusters', () => {
  let sandbox: Sandbox;
  let fleet: Fleet;
  let clock: ManualClock;
  let changes: MirrorChange[];
  let states: Cluster[];

  const simulated = (name: string) => sandbox.clusters.get(name)!;

  async function follow(
    names: string[],
    fields: Partial<ClusterConfig> = {},
    token?: string,
  ) {
    clock = new ManualClock();
    changes = [];
    states = [];
    sandbox = await Sandbox.start({
      clusters: names.map(name => ({
        name,
        namespaces: [NAMESPACE],
        tokens: ['administrator', OBSERVER],
      })),
    });
    fleet = createFleet({
      config: {
        clusters: names.map(name => ({
          name,
          title: name,
          access: {
            type: 'url',
            url: simulated(name).url,
            caData: simulated(name).caCertificate,
            token: token ?? simulated(name).token,
          },
          ...fields,
        })),
      },
      logger: mockServices.logger.mock(),
      clock,
    });
    fleet.subscribe({
      onChange: change => changes.push(change),
      onClusterState: state => states.push(state),
    });
    await fleet.start();
  }

  afterEach(async () => {
    await fleet.stop();
    await sandbox.stop();
  });

  const create = (cluster: SandboxCluster, name: string) =>
    cluster.store.create('jobs', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, namespace: NAMESPACE },
      spec: {
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [{ name: 'main', image: 'akko/init:1' }],
          },
        },
      },
    });

  const condition = (cluster: SandboxCluster, name: string, type: string) =>
    cluster.store.update(
      'jobs',
      NAMESPACE,
      name,
      current => ({
        ...current,
        status: {
          conditions: [
            {
              type,
              status: 'True',
              lastTransitionTime: '2026-03-01T10:00:00Z',
            },
          ],
        },
      }),
      { status: true },
    );

  const remove = (cluster: SandboxCluster, name: string) =>
    cluster.store.delete('jobs', NAMESPACE, name, {
      propagationPolicy: 'Background',
    });

  /** How often the end of a Job was told, by its name or uid. */
  const ends = (job: string) =>
    changes.filter(
      change =>
        change.kind === 'jobs' &&
        [change.object.metadata?.name, change.object.metadata?.uid].includes(
          job,
        ) &&
        isEnded(change.object) &&
        !isEnded(change.previous),
    ).length;

  it('knows simulated clusters by their version', async () => {
    await follow(['demo']);
    await until(() => !fleet.cluster('demo')!.state().stale);
    expect(fleet.cluster('demo')!.state()).toMatchObject({
      sandbox: true,
      version: expect.stringContaining('+sandbox'),
    });
  });

  it('needs no more than to get, list and watch in the namespaces that are configured', async () => {
    await follow(['demo'], { namespaces: [NAMESPACE] }, 'observer');
    create(simulated('demo'), 'minio-init');
    await until(() => !fleet.cluster('demo')!.state().stale);
    expect(
      fleet.cluster('demo')!.mirror.get('jobs', NAMESPACE, 'minio-init'),
    ).toBeDefined();
  });

  it('shows as refused what the Role does not allow', async () => {
    await follow(['demo'], {}, 'observer');
    await until(
      () => fleet.cluster('demo')!.state().error?.code === 'cluster-refused',
    );
    expect(fleet.cluster('demo')!.state()).toMatchObject({
      reachable: false,
      stale: true,
      error: { message: expect.stringContaining('forbidden') },
    });
  });

  it('is not disturbed in one cluster by what happens to another', async () => {
    await follow(['good', 'bad']);
    const good = fleet.cluster('good')!;
    const bad = fleet.cluster('bad')!;
    await until(() => !good.state().stale && !bad.state().stale);
    states.length = 0;
    create(simulated('bad'), 'polaris-init');
    await until(() => bad.mirror.list('jobs').length === 1);

    await simulated('bad').faults.refuseConnections(true);
    await until(() => !bad.state().reachable);
    create(simulated('good'), 'minio-init');
    condition(simulated('good'), 'minio-init', 'Complete');
    await until(() => ends('minio-init') === 1);
    expect(good.state()).toMatchObject({ reachable: true, stale: false });
    expect(states.every(({ name }) => name === 'bad')).toBe(true);
    expect(bad.mirror.list('jobs')).toHaveLength(1);
    await expect(
      bad.client.getJob(NAMESPACE, 'polaris-init'),
    ).rejects.toMatchObject({ kind: 'unreachable', cluster: 'bad' });

    condition(simulated('bad'), 'polaris-init', 'Failed');
    await simulated('bad').faults.refuseConnections(false);
    await until(
      () => ends('polaris-init') === 1,
      () => clock.advance(100),
    );
  });

  it('makes 100 calls over a few TLS connections', async () => {
    await follow(['demo']);
    const cluster = fleet.cluster('demo')!;
    await until(() => !cluster.state().stale);
    create(simulated('demo'), 'minio-init');
    simulated('demo').requests.reset();
    for (let call = 0; call < 50; call += 1) {
      await cluster.client.getJob(NAMESPACE, 'minio-init');
    }
    await Promise.all(
      Array.from({ length: 50 }, () =>
        cluster.client.getJob(NAMESPACE, 'minio-init'),
      ),
    );
    expect(simulated('demo').requests.total).toBe(100);
    expect(simulated('demo').requests.connections).toBeLessThanOrEqual(8);
  });

  type Step =
    | { do: 'fault'; fault: Fault }
    | { do: 'end'; type: string }
    | { do: 'create' | 'remove' | 'compact' | 'drop' | 'settle' };

  const faultKinds = ['status', 'drop', 'reset', 'hang', 'watch-error-event'];
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      do: fc.constant('fault' as const),
      fault: fc.record({
        kind: fc.constantFrom(...faultKinds) as fc.Arbitrary<Fault['kind']>,
        verb: fc.constantFrom('watch', 'list'),
        resource: fc.constantFrom('jobs', undefined),
        status: fc.constantFrom(401, 410, 429, 500, 503),
        times: fc.integer({ min: 1, max: 4 }),
      }),
    }),
    fc.record({
      do: fc.constant('end' as const),
      type: fc.constantFrom('Complete', 'Failed'),
    }),
    fc.record({
      do: fc.constantFrom(
        'create' as const,
        'create' as const,
        'remove' as const,
        'remove' as const,
        'compact' as const,
        'drop' as const,
        'settle' as const,
      ),
    }),
  );

  it('ends with the same objects, and every end told once, after any mix of faults', async () => {
    await follow(['demo']);
    const cluster = simulated('demo');
    const observed = fleet.cluster('demo')!;
    const fresh = () =>
      until(
        () => !observed.state().stale,
        () => clock.advance(100),
      );
    const version = (name: string) =>
      observed.mirror.get('jobs', NAMESPACE, name)?.metadata?.resourceVersion;
    const caughtUp = () =>
      until(
        () =>
          observed.mirror.list('jobs').length ===
            cluster.store.list('jobs').length &&
          cluster.store
            .list('jobs')
            .every(
              ({ metadata }) =>
                version(metadata.name) === metadata.resourceVersion,
            ),
        // Silent watches are noticed by their idle timer.
        () => clock.advance(100),
      );
    await fresh();
    // Of all runs: a silent watch may tell late what came and went before.
    const removed = new Set<string>();

    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 30 }),
        async steps => {
          changes.length = 0;
          // Few names, so that deleted ones are soon used again.
          const free = ['a', 'b', 'c', 'd'];
          const jobs: { name: string; uid: string; state: string }[] = [];
          const surelySeen = new Set<string>();
          const drop = (job: { name: string; uid: string }) => {
            jobs.splice(
              jobs.findIndex(other => other.uid === job.uid),
              1,
            );
            free.push(job.name);
            removed.add(job.uid);
            remove(cluster, job.name);
          };
          const settle = async () => {
            cluster.faults.clear();
            await fresh();
            await caughtUp();
            jobs
              .filter(({ state }) => state === 'ended')
              .forEach(({ uid }) => surelySeen.add(uid));
          };
          for (const next of steps) {
            if (next.do === 'create' && free.length > 0) {
              const name = free.shift()!;
              const { uid } = create(cluster, name).metadata;
              jobs.push({ name, uid, state: 'running' });
            } else if (next.do === 'end') {
              const job = jobs.find(({ state }) => state === 'running');
              if (job) {
                condition(cluster, job.name, next.type);
                job.state = 'ended';
              }
            } else if (next.do === 'remove' && jobs.length > 0) {
              drop(jobs[0]);
            } else if (next.do === 'fault') {
              cluster.faults.inject(next.fault);
            } else if (next.do === 'compact') {
              cluster.compact();
            } else if (next.do === 'drop') {
              cluster.faults.dropWatches();
            } else if (next.do === 'settle') {
              await settle();
            }
            await new Promise(resolve => setImmediate(resolve));
          }
          await settle();

          const told = changes.map(({ object }) => object.metadata!.uid!);
          for (const uid of new Set(told)) {
            // An end within a gap, of a Job that is gone after it, was never to be seen; no other may be missing, none may be doubled.
            const least = surelySeen.has(uid) ? 1 : 0;
            expect([uid, ends(uid)]).toEqual([
              uid,
              Math.min(1, Math.max(least, ends(uid))),
            ]);
            const gone = changes.filter(
              ({ type, object }) =>
                type === 'deleted' && object.metadata?.uid === uid,
            );
            expect([uid, gone.length]).toEqual([uid, removed.has(uid) ? 1 : 0]);
          }
          [...jobs].forEach(drop);
          await caughtUp();
        },
      ),
      { numRuns: 60, seed: 7, endOnFailure: true },
    );
  });
});
