import { olderCronJob } from '../objects';
import type { CaptureCase } from '../types';
import { hoursAgo } from './missed';

/** CronJobs that do not do what they are there for. */
export const cronJobs: CaptureCase[] = [
  {
    name: 'backup-paused-and-forgotten',
    title: 'Somebody paused the backup after it had run',
    broken: 'backup-postgres ran once and was suspended afterwards.',
    family: 'schedule',
    expected: { rule: 'cronjob-suspended', job: 'backup-postgres' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderCronJob({
          job: 'backup-postgres',
          script: 'echo "dumped 7 databases"',
        }),
      );
      await context.jobEnds();
      await context.kubectl(
        'patch',
        'cronjob',
        'akko-backup-postgres',
        '-p',
        '{"spec":{"suspend":true}}',
      );
    },
  },
  {
    name: 'schedule-stood-still',
    title: 'The control plane was off for hours, and starts were missed',
    broken:
      'backup-minio is due each minute and has no startingDeadlineSeconds. Its status.lastScheduleTime was set to three hours ago, as a control plane that was off leaves it; the words are those of the controller.',
    family: 'schedule',
    expected: { rule: 'missed-runs', job: 'backup-minio' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderCronJob({
          job: 'backup-minio',
          script: 'echo "mirrored 5 buckets"',
          cron: { suspend: true },
        }),
      );
      await hoursAgo(context, 'akko-backup-minio', 3);
      await context.eventIsThere('TooManyMissedTimes');
    },
  },
  {
    name: 'backup-longer-than-its-interval',
    title: 'The backup before is still running when the next one is due',
    broken:
      'backup-postgres is due each minute, forbids concurrency and takes longer than that.',
    family: 'schedule',
    expected: { rule: 'concurrency-forbidden', job: 'backup-postgres' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderCronJob({
          job: 'backup-postgres',
          script:
            'for i in $(seq 1 900); do echo "dumping banking: $i of 900"; sleep 1; done',
        }),
      );
      await context.eventIsThere('JobAlreadyActive', { seconds: 200 });
    },
  },
  {
    name: 'every-backup-fails',
    title: 'The backup failed twice in a row',
    broken:
      'Each run of backup-minio ends with code 1 and a message of its own making.',
    family: 'schedule',
    expected: { rule: 'backup-failing', job: 'backup-minio' },
    acceptable: ['exit-code', 'backoff-limit-exceeded'],
    chart: 'older',
    async run(context) {
      await context.create(
        olderCronJob({
          job: 'backup-minio',
          script:
            'echo "mirroring akko-warehouse"; echo "mirror incomplete" >&2; exit 1',
          spec: { backoffLimit: 0 },
          cron: { failedJobsHistoryLimit: 3 },
        }),
      );
      await context.until('two failures', async () => {
        const jobs = await context.list('jobs');
        return jobs.filter(({ status }) => status.failed).length >= 2;
      });
      await context.jobEnds();
    },
  },
  {
    name: 'thirty-first-of-february',
    title: 'The schedule names a day that no year has',
    broken:
      'backup-postgres is scheduled for the 31st of February, which the API takes and which never comes.',
    family: 'schedule',
    expected: { rule: 'schedule-invalid', job: 'backup-postgres' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderCronJob({
          job: 'backup-postgres',
          schedule: '0 2 31 2 *',
          script: 'true',
        }),
      );
      await context.until('the controller to have seen it', async () => {
        const [{ metadata }] = await context.list('cronjobs');
        return Date.now() - Date.parse(metadata.creationTimestamp) > 30_000;
      });
    },
  },
];
