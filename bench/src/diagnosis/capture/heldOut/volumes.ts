import { claim, mounting, olderCronJob, olderJob } from '../objects';
import type { CaptureCase } from '../types';

export const volumes: CaptureCase[] = [
  {
    name: 'claim-without-a-class',
    title: 'The claim has no class, and no volume fits',
    broken:
      'The claim akko-backups has the empty storage class, so that it waits for a volume by hand; there is none.',
    family: 'kubernetes',
    expected: { rule: 'volume-pending', job: 'backup-minio' },
    chart: 'older',
    async run(context) {
      await context.create(
        claim('akko-backups', { storageClassName: '' }),
        olderCronJob({
          job: 'backup-minio',
          script: 'mc mirror akko /backups',
          ...mounting('akko-backups'),
        }),
      );
      await context.eventIsThere('FailedScheduling');
      await context.eventIsThere('FailedBinding');
    },
  },
  {
    name: 'backup-volume-deleted',
    title: 'Somebody deleted the claim of the backups',
    broken:
      'backup-postgres mounts the claim akko-backups, which does not exist any more.',
    family: 'kubernetes',
    expected: { rule: 'volume-claim-missing', job: 'backup-postgres' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderCronJob({
          release: 'akko-eu',
          job: 'backup-postgres',
          script: 'pg_dumpall > /backups/all.sql',
          ...mounting('akko-eu-backups'),
        }),
      );
      await context.eventIsThere('FailedScheduling');
    },
  },
  {
    name: 'driver-not-installed',
    title: 'The CSI driver of the volume is not on the node',
    broken:
      'postgres-init mounts a volume of the driver secrets-store.csi.k8s.io, which is not installed.',
    family: 'kubernetes',
    expected: { rule: 'volume-mount-failed', job: 'postgres-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'postgres-init',
          script: 'cat /secrets/postgres-password',
          pod: {
            volumes: [
              {
                name: 'vault',
                csi: {
                  driver: 'secrets-store.csi.k8s.io',
                  readOnly: true,
                  volumeAttributes: { secretProviderClass: 'akko-vault' },
                },
              },
            ],
          },
          container: {
            volumeMounts: [
              { name: 'vault', mountPath: '/secrets', readOnly: true },
            ],
          },
        }),
      );
      await context.eventIsThere('FailedMount', { count: 3 });
    },
  },
];
