import { installChart, ownMinio, upgradeChart } from '../installChart';
import { olderCronJob, olderJob } from '../objects';
import { upgradeOlderChart } from '../olderChart';
import { copySecrets, startMinio } from '../servers';
import type { CaptureCase } from '../types';

/** Releases that Helm or the API server refuses to change. */
export const releases: CaptureCase[] = [
  {
    name: 'one-more-bucket',
    title: 'An upgrade changes a Job that is still there',
    broken:
      'The chart was installed with plain Jobs; an upgrade within the hour adds a bucket, and the template of the finished Job cannot be changed.',
    family: 'helm',
    expected: { rule: 'job-template-immutable', job: 'minio-init' },
    chart: 'akko-init',
    async run(context) {
      await copySecrets(context, ['akko-minio']);
      await startMinio(context, 'akko-minio');
      const installation = {
        on: ['minio' as const],
        plain: true,
        withoutSecrets: ['akko-minio'],
        values: { services: ownMinio, minio: { buckets: ['akko-warehouse'] } },
      };
      await installChart(context, installation);
      await context.jobEnds();
      await upgradeChart(context, {
        ...installation,
        values: {
          services: ownMinio,
          minio: { buckets: ['akko-warehouse', 'akko-shared'] },
        },
      });
    },
  },
  {
    name: 'upgrade-that-was-cut-off',
    title: 'The upgrade before was cut off, and Helm refuses another one',
    broken:
      'helm upgrade was killed while it waited for a hook; the release stays pending-upgrade, and the next upgrade is refused.',
    family: 'helm',
    expected: { rule: 'helm-pending', job: 'postgres-init' },
    chart: 'older',
    async run(context) {
      const hook = olderJob({
        job: 'postgres-init',
        script:
          'for i in $(seq 1 600); do echo "checking database $i"; sleep 1; done',
      });
      hook.metadata.annotations = { 'helm.sh/hook': 'post-upgrade' };
      await upgradeOlderChart(context, 'akko', [hook]);
      const killed = new AbortController();
      const upgrade = upgradeOlderChart(context, 'akko', [hook], {
        signal: killed.signal,
      });
      await context.until(
        'the hook to run',
        async () => (await context.list('pods')).length > 0,
      );
      killed.abort();
      await upgrade;
      await upgradeOlderChart(context, 'akko', [hook]);
    },
  },
  {
    name: 'sixty-first-minute',
    title: 'The API server refuses the schedule of the values',
    broken:
      'The values have the schedule `61 2 * * *`; the upgrade fails and the CronJob stays as it was.',
    family: 'helm',
    expected: { rule: 'schedule-invalid', job: 'backup-postgres' },
    chart: 'older',
    async run(context) {
      const backup = (schedule: string) =>
        olderCronJob({ job: 'backup-postgres', schedule, script: 'true' });
      await upgradeOlderChart(context, 'akko', [backup('30 2 * * *')]);
      await upgradeOlderChart(context, 'akko', [backup('61 2 * * *')]);
    },
  },
  {
    name: 'zone-with-a-typing-error',
    title: 'The API server refuses the time zone of the values',
    broken:
      'The values have the time zone Europe/Pariss; the install fails and there is no CronJob.',
    family: 'helm',
    expected: { rule: 'time-zone-unknown', job: 'backup-minio' },
    chart: 'older',
    async run(context) {
      await upgradeOlderChart(context, 'akko', [
        olderCronJob({
          job: 'backup-minio',
          schedule: '0 4 * * *',
          script: 'true',
          cron: { timeZone: 'Europe/Pariss' },
        }),
      ]);
    },
  },
];
