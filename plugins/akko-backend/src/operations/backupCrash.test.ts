import { Sandbox } from '@akko/kube-sandbox';
import { INSTANCE } from '../acceptance/__testUtils__/FailedInstance';
import {
  PortalProcess,
  temporaryFolder,
} from '../acceptance/__testUtils__/PortalProcess';
import { eventually } from '../acceptance/__testUtils__/eventually';
import { restartPortal } from '../acceptance/__testUtils__/restartPortal';
import { chartLabels } from '../testing/kubernetesObjects';
import type { Checkpoint } from './checkpoints';

const POINTS: Checkpoint[] = ['created', 'register-stored', 'registered'];

/** A cluster with a backup that is due once a year, and whose runs take a moment. */
async function startSandbox(): Promise<Sandbox> {
  const sandbox = await Sandbox.start({
    clusters: [
      {
        name: 'prod',
        namespaces: ['akko'],
        workloads: { scenarios: [{ duration: 0.2, log: ['done'] }] },
      },
    ],
  });
  const labels = chartLabels('akko', 'backup-postgres');
  sandbox.clusters.get('prod')!.store.create('cronjobs', {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'akko-backup-postgres', namespace: 'akko', labels },
    spec: {
      schedule: '0 0 1 1 *',
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        metadata: { labels },
        spec: {
          template: {
            metadata: { labels },
            spec: {
              restartPolicy: 'Never',
              containers: [{ name: 'main', image: 'akko-init:1.0.0' }],
            },
          },
        },
      },
    },
  });
  return sandbox;
}

describe('a portal that is killed while it takes a backup', () => {
  it.each(POINTS)(
    'at "%s" takes it once, and ends the operation after its restart',
    async checkpoint => {
      const sandbox = await startSandbox();
      const folder = await temporaryFolder();
      const cluster = sandbox.clusters.get('prod')!;
      try {
        const killed = await PortalProcess.start(
          { cluster, folder: folder.path },
          checkpoint,
        );
        await eventually(
          'the portal knows the backup',
          () => killed.get(INSTANCE),
          ({ body }) => body.backups?.some((backup: any) => backup.runnable),
        );
        await killed
          .post(`${INSTANCE}/operations`, {
            action: 'backup',
            backup: 'backup-postgres',
          })
          .catch(() => {});
        expect(await killed.died()).toBe('SIGKILL');

        const portal = await restartPortal(cluster, folder.path);
        try {
          const [operation, ...others] = await eventually(
            'the operation has ended',
            () => portal.operations(INSTANCE),
            ([first]) => !!first?.finishedAt,
          );
          expect(others).toEqual([]);
          expect(operation).toMatchObject({
            action: 'backup',
            state: 'succeeded',
          });
          expect(cluster.store.list('jobs', 'akko')).toHaveLength(1);
          const { body } = await portal.get(
            `${INSTANCE}/backups/backup-postgres/entries`,
          );
          expect(body.items).toMatchObject([
            { origin: 'manual', operation: operation.id, state: 'succeeded' },
          ]);
        } finally {
          await portal.stop();
        }
      } finally {
        await sandbox.stop();
        await folder.remove();
      }
    },
    120_000,
  );
});
