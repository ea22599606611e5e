import type { V1Job } from '@kubernetes/client-node';
import { until } from './__testUtils__/ManualClock';
import {
  createJob,
  NAMESPACE,
  SimulatedFleet,
} from './__testUtils__/simulatedFleet';
import type { ClusterClient } from './types';

// Long enough for a machine that is busy; nothing here waits for time to pass.
jest.setTimeout(30_000);

describe('KubernetesClusterClient', () => {
  let fleet: SimulatedFleet;
  let client: ClusterClient;

  beforeEach(async () => {
    fleet = await SimulatedFleet.start(['demo']);
    client = fleet.probe.cluster().client;
    await fleet.probe.fresh();
  });

  afterEach(() => fleet.stop());

  const server = () => fleet.server('demo');
  const job = (name: string): V1Job => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels: { 'app.kubernetes.io/instance': 'akko' } },
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'main', image: 'akko/init:1' }],
        },
      },
    },
  });

  it('creates a Job and reads it back with its times as Dates', async () => {
    const created = await client.createJob(NAMESPACE, job('minio-init'));
    const found = await client.getJob(NAMESPACE, 'minio-init');
    expect(found).toEqual(created);
    expect(found).toMatchObject({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        labels: { 'app.kubernetes.io/instance': 'akko' },
        creationTimestamp: expect.any(Date),
      },
    });
    expect(found!.metadata).not.toHaveProperty('managedFields');
  });

  it('creates again what it read, times included', async () => {
    await client.createJob(NAMESPACE, job('minio-init'));
    const { metadata, spec } = (await client.getJob(NAMESPACE, 'minio-init'))!;
    const copy = {
      metadata: {
        name: 'copy',
        labels: metadata!.labels,
        creationTimestamp: metadata!.creationTimestamp,
      },
      spec: { ...spec, selector: undefined, template: job('x').spec!.template },
    };
    expect(
      (await client.createJob(NAMESPACE, copy as V1Job)).metadata!.name,
    ).toBe('copy');
  });

  it('creates nothing in a dry run', async () => {
    await client.createJob(NAMESPACE, job('planned'), { dryRun: true });
    expect(await client.getJob(NAMESPACE, 'planned')).toBeUndefined();
    expect(await client.getCronJob(NAMESPACE, 'planned')).toBeUndefined();
  });

  it('tells a name that is taken', async () => {
    createJob(server(), 'minio-init');
    await expect(
      client.createJob(NAMESPACE, job('minio-init')),
    ).rejects.toMatchObject({ kind: 'already-exists', cluster: 'demo' });
  });

  it('deletes a Job only if it still has the uid', async () => {
    const uid = createJob(server(), 'minio-init');
    expect(await client.deleteJob(NAMESPACE, 'minio-init', 'another')).toBe(
      'gone',
    );
    expect(server().store.get('jobs', NAMESPACE, 'minio-init')).toBeDefined();
    expect(await client.deleteJob(NAMESPACE, 'minio-init', uid)).toBe(
      'deleting',
    );
    await until(() => !server().store.get('jobs', NAMESPACE, 'minio-init'));
    expect(await client.deleteJob(NAMESPACE, 'minio-init', uid)).toBe('gone');
  });

  it('lists the pods of a Job and the events about it, and no others', async () => {
    const uid = createJob(server(), 'minio-init');
    const pod = (name: string, owner: string) =>
      server().store.create('pods', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name,
          namespace: NAMESPACE,
          labels: { 'batch.kubernetes.io/controller-uid': owner },
          ownerReferences: [
            {
              apiVersion: 'batch/v1',
              kind: 'Job',
              name: 'minio-init',
              uid: owner,
              controller: true,
            },
          ],
        },
        spec: { containers: [{ name: 'main', image: 'akko/init:1' }] },
      });
    const event = (name: string, about: string) =>
      server().store.create('events', {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name, namespace: NAMESPACE },
        involvedObject: {
          apiVersion: 'batch/v1',
          kind: 'Job',
          namespace: NAMESPACE,
          name: 'minio-init',
          uid: about,
        },
        reason: 'SuccessfulCreate',
        message: 'Created pod: mine',
        type: 'Normal',
      });
    pod('mine', uid);
    pod('other', 'uid-of-another');
    event('about-it', uid);
    event('about-another', 'uid-of-another');
    const names = (objects: { metadata?: { name?: string } }[]) =>
      objects.map(({ metadata }) => metadata!.name);
    expect(names(await client.listPodsOfJob(NAMESPACE, uid))).toEqual(['mine']);
    expect(names(await client.listEventsOf(NAMESPACE, uid))).toEqual([
      'about-it',
    ]);
  });

  it('tells that a log has no pod', async () => {
    await expect(client.podLog(NAMESPACE, 'gone')).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('pods "gone" not found'),
    });
  });
});
