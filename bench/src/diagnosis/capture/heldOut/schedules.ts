import { installChart, upgradeChart, ownMinio } from '../installChart';
import { olderCronJob, olderJob } from '../objects';
import { upgradeOlderChart } from '../olderChart';
import { hoursAgo } from '../schedule/missed';
import { copySecrets, startMinio } from '../servers';
import type { CaptureCase } from '../types';

export const schedules: CaptureCase[] = [
  {
    name: 'paused-in-the-values',
    title: 'The values of the chart pause the backup',
    broken:
      'akko-init is installed with backup.postgres enabled and suspend: true. The drill is suspended too, as it always is.',
    family: 'schedule',
    expected: { rule: 'cronjob-suspended', job: 'backup-postgres' },
    chart: 'akko-init',
    async run(context) {
      await installChart(context, {
        on: [],
        values: {
          backup: {
            persistence: { size: '1Gi', keep: false },
            postgres: { enabled: true, suspend: true },
          },
        },
      });
      await context.until('the CronJobs', async () =>
        Boolean((await context.list('cronjobs')).length),
      );
    },
  },
  {
    name: 'night-without-a-controller',
    title: 'Many starts were missed, and the controller says so',
    broken:
      'backup-postgres of an older chart is due every two minutes. Its status.lastScheduleTime was set to ten hours ago, as a control plane that was off leaves it; the words are those of the controller.',
    family: 'schedule',
    expected: { rule: 'missed-runs', job: 'backup-postgres' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderCronJob({
          release: 'akko-eu',
          job: 'backup-postgres',
          schedule: '*/2 * * * *',
          script: 'echo "dumped 4 databases"; sleep 30',
          cron: { suspend: true },
        }),
      );
      await hoursAgo(context, 'akko-eu-backup-postgres', 10);
      await context.eventIsThere('TooManyMissedTimes');
    },
  },
  {
    name: 'mirror-that-hangs',
    title: 'A backup that hangs keeps the next ones from starting',
    broken:
      'backup-minio waits for ever for an answer; it forbids concurrency, so that no other one starts.',
    family: 'schedule',
    expected: { rule: 'concurrency-forbidden', job: 'backup-minio' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderCronJob({
          release: 'lake',
          component: false,
          job: 'backup-minio',
          script: 'echo "mirroring akko-warehouse"; sleep 3600',
        }),
      );
      await context.eventIsThere('JobAlreadyActive', {
        count: 2,
        seconds: 300,
      });
    },
  },
  {
    name: 'dumps-fail-since-yesterday',
    title: 'The last runs of the backup failed, an older one was fine',
    broken:
      'backup-postgres succeeded once; then it ends with code 4 each time.',
    family: 'schedule',
    expected: { rule: 'backup-failing', job: 'backup-postgres' },
    acceptable: ['exit-code', 'backoff-limit-exceeded'],
    chart: 'older',
    async run(context) {
      const backup = olderCronJob({
        job: 'backup-postgres',
        script: 'echo "dumped 7 databases"',
        spec: { backoffLimit: 0 },
        cron: { failedJobsHistoryLimit: 3 },
      });
      await context.create(backup);
      await context.jobEnds();
      await context.kubectl(
        'patch',
        'cronjob',
        backup.metadata.name,
        '--type=json',
        '-p',
        JSON.stringify([
          {
            op: 'replace',
            path: '/spec/jobTemplate/spec/template/spec/containers/0/command',
            value: [
              'sh',
              '-c',
              'echo "dumping 7 databases"; echo "manifest does not match" >&2; exit 4',
            ],
          },
        ]),
      );
      await context.until('two failures', async () => {
        const jobs = await context.list('jobs');
        return jobs.filter(({ status }) => status.failed).length >= 2;
      });
      await context.jobEnds();
    },
  },
  {
    name: 'thirtieth-of-february',
    title: 'The schedule never comes',
    broken: 'backup-minio is scheduled for the 30th of February.',
    family: 'schedule',
    expected: { rule: 'schedule-invalid', job: 'backup-minio' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderCronJob({
          release: 'akko-eu',
          job: 'backup-minio',
          schedule: '15 4 30 2 *',
          script: 'true',
        }),
      );
      await context.until('the controller to have seen it', async () => {
        const [{ metadata }] = await context.list('cronjobs');
        return Date.now() - Date.parse(metadata.creationTimestamp) > 30_000;
      });
    },
  },
  {
    name: 'upgrade-with-helm-three',
    title: 'Helm 3 cannot change the template of a Job',
    broken:
      'An older chart has a plain Job; the upgrade changes its image while the finished Job is there.',
    family: 'helm',
    expected: { rule: 'job-template-immutable', job: 'keycloak-clients' },
    chart: 'older',
    async run(context) {
      const job = (say: string) =>
        olderJob({ job: 'keycloak-clients', script: `echo "${say}"` });
      await upgradeOlderChart(context, 'akko', [job('8 clients')], {
        program: 'helm3',
      });
      await context.jobEnds();
      await upgradeOlderChart(context, 'akko', [job('9 clients')], {
        program: 'helm3',
      });
    },
  },
  {
    name: 'new-tag-for-the-jobs',
    title: 'An upgrade of the chart gives plain Jobs other resources',
    broken:
      'The chart runs plain Jobs; an upgrade raises their requests while the finished Job is there.',
    family: 'helm',
    expected: { rule: 'job-template-immutable', job: 'minio-init' },
    chart: 'akko-init',
    async run(context) {
      await copySecrets(context, ['akko-minio']);
      await startMinio(context, 'akko-minio');
      const installation = {
        release: 'akko-eu',
        on: ['minio' as const],
        plain: true,
        withoutSecrets: ['akko-minio'],
        values: { services: ownMinio },
      };
      await installChart(context, installation);
      await context.jobEnds();
      await upgradeChart(context, {
        ...installation,
        values: {
          services: ownMinio,
          jobDefaults: {
            resources: { requests: { cpu: '20m', memory: '96Mi' } },
          },
        },
      });
    },
  },
  {
    name: 'weekday-eight',
    title: 'The API server refuses the schedule of the mirror',
    broken: 'The install has the schedule `0 4 * * 8`; there is no CronJob.',
    family: 'helm',
    expected: { rule: 'schedule-invalid', job: 'backup-minio' },
    chart: 'older',
    async run(context) {
      await upgradeOlderChart(
        context,
        'lake',
        [
          olderCronJob({
            release: 'lake',
            job: 'backup-minio',
            schedule: '0 4 * * 8',
            script: 'true',
          }),
        ],
        { program: 'helm3' },
      );
    },
  },
  {
    name: 'zone-of-an-abbreviation',
    title: 'The values name a time zone that nobody knows',
    broken:
      'An upgrade sets the time zone CEST; it fails and the CronJob stays as it was.',
    family: 'helm',
    expected: { rule: 'time-zone-unknown', job: 'backup-postgres' },
    chart: 'older',
    async run(context) {
      const backup = (timeZone: string) =>
        olderCronJob({
          job: 'backup-postgres',
          schedule: '30 2 * * *',
          script: 'true',
          cron: { timeZone },
        });
      await upgradeOlderChart(context, 'akko', [backup('Etc/UTC')]);
      await upgradeOlderChart(context, 'akko', [backup('CEST')]);
    },
  },
];
