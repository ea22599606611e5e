import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { CoreV1Api, KubeConfig, type V1Job } from '@kubernetes/client-node';
import { mockServices } from '@backstage/backend-test-utils';
import type { Cluster } from '@akko/backstage-plugin-akko-common';
import { createPortalAccess } from './__testUtils__/portalAccess';
import { createFleet } from './KubernetesFleet';
import type { Fleet, MirrorChange } from './types';

const run = promisify(execFile);
const kubeconfig = process.env.AKKO_CLUSTER_KUBECONFIG;
const testbed = process.env.AKKO_TESTBED;
const describeCluster = kubeconfig ? describe : describe.skip;
const describeTestbed = testbed ? describe : describe.skip;

jest.setTimeout(240_000);

describeCluster('the fleet on a real Kubernetes API', () => {
  const namespace = `akko-fleet-${randomUUID().slice(0, 8)}`;
  const changes: MirrorChange[] = [];
  const states: Cluster[] = [];
  const waiting = new Set<() => void>();
  let core: CoreV1Api;
  let fleet: Fleet;

  /** Resolves when the condition holds, which is looked at after each change that the fleet tells. */
  const until = (condition: () => boolean) =>
    new Promise<void>(resolve => {
      const check = () => {
        if (condition()) {
          waiting.delete(check);
          resolve();
        }
      };
      waiting.add(check);
      check();
    });

  const terminal = (uid: string) =>
    changes.filter(change => {
      if (change.kind !== 'jobs' || change.object.metadata?.uid !== uid) {
        return false;
      }
      const ended = (job?: V1Job) =>
        job?.status?.conditions?.some(
          condition =>
            ['Complete', 'Failed'].includes(condition.type) &&
            condition.status === 'True',
        );
      return ended(change.object) && !ended(change.previous);
    });

  const job = (name: string, script: string): V1Job => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels: { 'akko-fleet-test': 'true' } },
    spec: {
      backoffLimit: 0,
      template: {
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: 1,
          containers: [
            {
              name: 'main',
              image: 'debian:trixie-slim',
              imagePullPolicy: 'IfNotPresent',
              command: ['sh', '-c', script],
            },
          ],
        },
      },
    },
  });

  beforeAll(async () => {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig!);
    core = config.makeApiClient(CoreV1Api);
    await core.createNamespace({ body: { metadata: { name: namespace } } });
    const access = await createPortalAccess(config, namespace);
    fleet = createFleet({
      config: {
        clusters: [
          {
            name: 'real',
            title: 'Real',
            access,
            namespaces: [namespace],
          },
          {
            name: 'gone',
            title: 'Gone',
            access: { type: 'url', url: 'https://127.0.0.1:1' },
          },
        ],
      },
      logger: mockServices.logger.mock(),
    });
    fleet.subscribe({
      onChange: change => changes.push(change),
      onClusterState: state => states.push(state),
    });
    const check = () => [...waiting].forEach(look => look());
    fleet.subscribe({
      onChange: check,
      onClusterState: check,
      onSynced: check,
    });
    await fleet.start();
    await until(() => !fleet.cluster('real')!.state().stale);
  });

  afterAll(async () => {
    await fleet?.stop();
    await core?.deleteNamespace({ name: namespace });
  });

  const real = () => fleet.cluster('real')!;

  it('is in contact with one cluster while another does not answer', () => {
    expect(real().state()).toMatchObject({
      reachable: true,
      stale: false,
      sandbox: false,
      version: expect.stringMatching(/^v1\./),
    });
    expect(real().mirror.synced).toBe(true);
    expect(fleet.cluster('gone')!.state()).toMatchObject({
      reachable: false,
      stale: true,
    });
  });

  it('sees a Job from its creation to its end, with pods, events and log', async () => {
    const created = await real().client.createJob(
      namespace,
      job('greets', 'echo hello from the pod'),
    );
    const uid = created.metadata!.uid!;
    await until(() => terminal(uid).length > 0);

    expect(created.metadata!.creationTimestamp).toBeInstanceOf(Date);
    const [pod] = real().mirror.podsOfJob(uid);
    expect(pod.spec!.containers[0].name).toBe('main');
    expect(real().mirror.get('jobs', namespace, 'greets')).toMatchObject({
      metadata: { uid },
      status: { succeeded: 1, completionTime: expect.any(Date) },
    });
    await until(() => real().mirror.eventsOf(uid).length > 0);
    const log = await real().client.podLog(namespace, pod.metadata!.name!);
    expect(await text(log as Readable)).toBe('hello from the pod\n');
    expect(await real().client.listPodsOfJob(namespace, uid)).toHaveLength(1);
    expect(
      (await real().client.listEventsOf(namespace, uid)).length,
    ).toBeGreaterThan(0);
    expect(terminal(uid)).toHaveLength(1);
  });

  it('creates nothing in a dry run, and names the reason of a refused request', async () => {
    const planned = await real().client.createJob(
      namespace,
      job('planned', 'true'),
      { dryRun: true },
    );
    expect(planned.metadata!.name).toBe('planned');
    expect(await real().client.getJob(namespace, 'planned')).toBeUndefined();
    await expect(
      real().client.createJob(namespace, job('Not A Name', 'true')),
    ).rejects.toMatchObject({
      name: 'ClusterCallError',
      kind: 'invalid',
      upstreamStatus: 422,
      cluster: 'real',
    });
  });

  it('reads of the Secrets of Helm their labels only, and is refused without the right', async () => {
    await core.createNamespacedSecret({
      namespace,
      body: {
        metadata: {
          name: 'sh.helm.release.v1.akko.v3',
          labels: {
            owner: 'helm',
            name: 'akko',
            status: 'pending-upgrade',
            version: '3',
            modifiedAt: '1764000000',
          },
        },
        stringData: { release: 'values that nobody must see' },
      },
    });
    await expect(real().client.helmReleases(namespace)).rejects.toMatchObject({
      kind: 'refused',
    });
    const administrator = createFleet({
      config: {
        clusters: [
          {
            name: 'real',
            title: 'Real',
            access: { type: 'kubeconfig', file: kubeconfig! },
            namespaces: [namespace],
          },
        ],
      },
      logger: mockServices.logger.mock(),
    });
    try {
      const releases = await administrator
        .cluster('real')!
        .client.helmReleases(namespace);
      expect(releases).toEqual([
        {
          name: 'akko',
          namespace,
          version: 3,
          status: 'pending-upgrade',
          modifiedAt: 1764000000_000,
        },
      ]);
    } finally {
      await administrator.stop();
    }
  });

  it('follows a log until its container ends', async () => {
    const created = await real().client.createJob(
      namespace,
      job('counts', 'for n in 1 2 3; do echo $n; sleep 0.3; done'),
    );
    const uid = created.metadata!.uid!;
    // A short container may end before its pod's phase is ever seen as Running.
    const hasStarted = () =>
      real()
        .mirror.podsOfJob(uid)
        .some(({ status }) => {
          const state = status?.containerStatuses?.[0]?.state;
          return state?.running ?? state?.terminated;
        });
    await until(hasStarted);
    const [pod] = real().mirror.podsOfJob(uid);
    const log = await real().client.podLog(namespace, pod.metadata!.name!, {
      follow: true,
    });
    expect(await text(log as Readable)).toBe('1\n2\n3\n');
  });

  it('is refused what the Role does not allow, in words that name it', async () => {
    await expect(
      real().client.getJob('kube-system', 'anything'),
    ).rejects.toMatchObject({
      kind: 'refused',
      upstreamStatus: 403,
      message: expect.stringContaining('jobs.batch "anything" is forbidden'),
    });
  });

  it('deletes a Job only while the name belongs to the same uid', async () => {
    const { client } = real();
    const created = await client.createJob(namespace, job('deleted', 'true'));
    const uid = created.metadata!.uid!;
    await expect(
      client.createJob(namespace, job('deleted', 'true')),
    ).rejects.toMatchObject({ kind: 'already-exists' });
    expect(await client.deleteJob(namespace, 'deleted', randomUUID())).toBe(
      'gone',
    );
    expect(await client.getJob(namespace, 'deleted')).toBeDefined();
    expect(await client.deleteJob(namespace, 'deleted', uid)).toBe('deleting');
    await until(
      () => real().mirror.get('jobs', namespace, 'deleted') === undefined,
    );
    expect(await client.deleteJob(namespace, 'deleted', uid)).toBe('gone');
  });

  describeTestbed('that can be stopped', () => {
    it('misses and doubles no end of a Job while API server and etcd are down', async () => {
      const created = await real().client.createJob(
        namespace,
        job('outlives', 'sleep 8'),
      );
      const uid = created.metadata!.uid!;
      await until(
        () => real().mirror.podsOfJob(uid)[0]?.status?.phase === 'Running',
      );
      await run(testbed!, ['stop', 'kube-apiserver', 'etcd']);
      await until(() => !real().state().reachable);
      expect(real().state()).toMatchObject({
        stale: true,
        error: { code: 'cluster-unreachable' },
      });
      await expect(
        real().client.getJob(namespace, 'outlives'),
      ).rejects.toMatchObject({ kind: 'unreachable' });
      expect(real().mirror.get('jobs', namespace, 'outlives')).toBeDefined();

      await run(testbed!, ['restart', 'etcd', 'kube-apiserver']);
      await until(() => !real().state().stale && terminal(uid).length > 0);
      expect(terminal(uid)).toHaveLength(1);
      expect(real().state().error).toBeUndefined();
    });
  });
});
