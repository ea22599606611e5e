import { claim, mounting, olderCronJob, olderJob } from '../objects';
import type { CaptureCase } from '../types';

/** Volumes that a pod does not get. */
export const volumes: CaptureCase[] = [
  {
    name: 'class-of-another-cluster',
    title: 'The claim names a storage class that this cluster does not have',
    broken:
      'The claim akko-backups asks for the class managed-premium, which does not exist; the pod cannot be scheduled.',
    family: 'kubernetes',
    expected: { rule: 'volume-pending', job: 'backup-postgres' },
    chart: 'older',
    async run(context) {
      await context.create(
        claim('akko-backups', { storageClassName: 'managed-premium' }),
        olderCronJob({
          job: 'backup-postgres',
          script: 'pg_dumpall > /backups/all.sql',
          ...mounting('akko-backups'),
        }),
      );
      await context.eventIsThere('FailedScheduling');
      await context.eventIsThere('ProvisioningFailed');
    },
  },
  {
    name: 'claim-never-made',
    title: 'The claim that the pod mounts does not exist',
    broken:
      'postgres-data-init mounts the claim akko-seed, which was never created.',
    family: 'kubernetes',
    expected: { rule: 'volume-claim-missing', job: 'postgres-data-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'postgres-data-init',
          script: 'ls /backups',
          ...mounting('akko-seed'),
        }),
      );
      await context.eventIsThere('FailedScheduling');
    },
  },
  {
    name: 'folder-of-the-node-is-not-there',
    title: 'The folder of the node that should be mounted is not there',
    broken:
      'backup-minio mounts the host path /srv/akko-backups as a Directory, which the node does not have.',
    family: 'kubernetes',
    expected: { rule: 'volume-mount-failed', job: 'backup-minio' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderCronJob({
          job: 'backup-minio',
          component: false,
          script: 'mc mirror akko /backups',
          pod: {
            volumes: [
              {
                name: 'backups',
                hostPath: { path: '/srv/akko-backups', type: 'Directory' },
              },
            ],
          },
          container: {
            volumeMounts: [{ name: 'backups', mountPath: '/backups' }],
          },
        }),
      );
      await context.eventIsThere('FailedMount', { count: 3 });
    },
  },
];
