import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Sandbox, type SandboxCluster } from '@akko/kube-sandbox';
import type { Report } from '@akko/backstage-plugin-akko-common';
import { liveScenarios } from '../scenarios';
import { buildProgram } from './buildProgram';
import { putDemoObjects } from './demoObjects';
import { liveCluster, liveNamespace } from './liveInstance';
import { liveObjects, readRendered, type LiveObject } from './liveObjects';
import { startLive } from './startLive';
import { startServices, type LiveServices } from './startServices';

jest.setTimeout(120_000);

const withoutPrograms = process.env.PATH;
let folder: string;
let services: LiveServices;
let sandbox: Sandbox;
let cluster: SandboxCluster;
let objects: LiveObject[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'live-'));
  services = await startServices();
  process.env.PATH = [await buildProgram(folder), withoutPrograms].join(
    delimiter,
  );
  sandbox = await Sandbox.start({
    clusters: [
      {
        name: liveCluster,
        tls: false,
        namespaces: [liveNamespace],
        workloads: { scenarios: liveScenarios, processes: true },
      },
    ],
  });
  cluster = sandbox.clusters.get(liveCluster)!;
});

afterAll(async () => {
  await sandbox?.stop();
  await services?.stop();
  process.env.PATH = withoutPrograms;
  rmSync(folder, { recursive: true });
});

/** Waits for the end of a Job. */
async function endOf(name: string) {
  const read = () => cluster.store.get('jobs', liveNamespace, name) as any;
  const isOver = () =>
    read()?.status.conditions?.some((condition: any) =>
      ['Complete', 'Failed'].includes(condition.type),
    );
  await new Promise<void>(resolve => {
    const unsubscribe = cluster.store.subscribe(() => settle());
    function settle() {
      if (isOver()) {
        unsubscribe();
        resolve();
      }
    }
    settle();
  });
  const job = read();
  const [pod] = cluster.store
    .list('pods', liveNamespace)
    .filter(({ metadata }) =>
      metadata.ownerReferences?.some(({ uid }) => uid === job.metadata.uid),
    ) as any[];
  const { exitCode, message } =
    pod.status.containerStatuses[0].state.terminated;
  const log = cluster.logs
    .lines(pod.metadata.uid, pod.spec.containers[0].name, false)!
    .map(({ text }) => text)
    .join('\n');
  const report: Report | undefined = message.startsWith('{')
    ? JSON.parse(message)
    : undefined;
  return { exitCode, report, log };
}

function runAgain(name: string) {
  const { manifest } = objects.find(
    object => object.manifest.metadata.name === name,
  )!;
  cluster.store.delete('jobs', liveNamespace, name);
  cluster.store.create('jobs', manifest);
}

describe('the live instance', () => {
  beforeAll(() => {
    objects = liveObjects(readRendered(), services.addresses);
    startLive(cluster.store, objects, () =>
      putDemoObjects(services.addresses.objectStorage.endpoint),
    );
  });

  it.each(['live-postgres-init', 'live-postgres-data-init', 'live-minio-init'])(
    'really runs %s, which then finds all of it there',
    async name => {
      const first = await endOf(name);
      expect(first).toMatchObject({
        exitCode: 0,
        report: { outcome: 'succeeded' },
      });
      expect(first.report!.totals!.created).toBeGreaterThan(0);

      runAgain(name);
      const second = await endOf(name);
      expect(second.report).toMatchObject({
        outcome: 'succeeded',
        totals: { created: 0, updated: 0 },
      });
      expect(second.log).toMatch(/unchanged (database|bucket) /);
    },
  );

  it('really backs up the buckets when they are there', async () => {
    const { report } = await endOf('live-backup-minio-first');
    expect(report).toMatchObject({
      outcome: 'succeeded',
      backup: {
        location: expect.stringContaining('akko-backups'),
        items: expect.arrayContaining([
          expect.objectContaining({ name: 'akko-shared', count: 2 }),
        ]),
      },
    });
  });

  it('plays what it has no service for', async () => {
    const { log, report } = await endOf('live-bootstrap-admin');
    expect(report?.outcome).toBe('succeeded');
    expect(log).toContain('Keycloak 26.2.4');
  });

  it('leaves nothing behind', async () => {
    await sandbox.stop();
    await services.stop();
    const { host, port } = services.addresses.postgres;
    const answer = await new Promise(resolve => {
      const socket = connect(port, host);
      socket.on('connect', () => resolve('connected'));
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    });
    expect(answer).toBe('ECONNREFUSED');
  });
});
