import {
  installChart,
  ownMinio,
  ownPostgresql,
  upgradeChart,
} from '../installChart';
import { olderCronJob, olderJob, secret, service } from '../objects';
import { quota } from '../rules';
import { copySecrets, startMinio, startPostgresql } from '../servers';
import type { CaptureCase } from '../types';

export const healthyRuns: CaptureCase[] = [
  {
    name: 'upgrade-that-changes-nothing',
    title: 'The second run of the chart finds everything there',
    broken: 'Nothing: minio-init and postgres-init create 0.',
    family: 'healthy',
    expected: { rule: null, job: 'postgres-init' },
    chart: 'akko-init',
    async run(context) {
      await copySecrets(context, ['akko-postgresql', 'akko-minio']);
      await startPostgresql(context, 'akko-postgresql');
      await startMinio(context, 'akko-minio');
      const installation = {
        on: ['postgres' as const, 'minio' as const],
        withoutSecrets: ['akko-postgresql', 'akko-minio'],
        values: { services: { ...ownPostgresql, ...ownMinio } },
      };
      await installChart(context, installation);
      await upgradeChart(context, installation);
      await context.jobEnds();
    },
  },
  {
    name: 'chart-was-quicker-than-the-database',
    title: 'The Job of the chart failed once and succeeded then',
    broken:
      'Nothing any more: the first attempt of postgres-init found no server (exit code 69), the next one did.',
    family: 'healthy',
    expected: { rule: null, job: 'postgres-init' },
    chart: 'akko-init',
    async run(context) {
      await copySecrets(context, ['akko-postgresql']);
      await context.create(service('akko-postgresql', 5432));
      await installChart(context, {
        on: ['postgres'],
        plain: true,
        withoutSecrets: ['akko-postgresql'],
        values: {
          services: ownPostgresql,
          jobDefaults: { backoffLimit: 5, waitSeconds: 3 },
        },
      });
      await context.until('the first failure', async () =>
        (await context.list('jobs')).some(({ status }) => status.failed),
      );
      await context.kubectl('delete', 'service', 'akko-postgresql');
      await startPostgresql(context, 'akko-postgresql');
      await context.jobEnds();
    },
  },
  {
    name: 'config-came-later',
    title: 'Mounting failed for some seconds, then the Job ran',
    broken:
      'Nothing any more: the ConfigMap akko-postgres-ensure was made after the Job.',
    family: 'healthy',
    expected: { rule: null, job: 'postgres-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'postgres-init',
          script: 'cat /sql/ensure.sql',
          pod: {
            volumes: [
              { name: 'sql', configMap: { name: 'akko-postgres-ensure' } },
            ],
          },
          container: { volumeMounts: [{ name: 'sql', mountPath: '/sql' }] },
        }),
      );
      await context.eventIsThere('FailedMount', { count: 3 });
      await context.create({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'akko-postgres-ensure' },
        data: { 'ensure.sql': 'SELECT 1;\n' },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'scheduled-after-a-while',
    title: 'The pod could not be scheduled at first, and ran later',
    broken:
      'Nothing any more: polaris-init had to be beside a pod of akko-polaris, which came later.',
    family: 'healthy',
    expected: { rule: null, job: 'polaris-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          release: 'akko-eu',
          job: 'polaris-init',
          script: 'echo "8 namespaces are there"',
          pod: {
            affinity: {
              podAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [
                  {
                    labelSelector: {
                      matchLabels: {
                        'app.kubernetes.io/component': 'minio-init',
                      },
                    },
                    topologyKey: 'kubernetes.io/hostname',
                  },
                ],
              },
            },
          },
        }),
      );
      await context.eventIsThere('FailedScheduling');
      await context.create(
        olderJob({
          release: 'akko-eu',
          job: 'minio-init',
          script: 'sleep 15; echo "5 buckets are there"',
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'no-errors-at-all',
    title: 'The log is full of words that sound bad',
    broken: 'Nothing: the Job succeeded and counts what did not happen.',
    family: 'healthy',
    expected: { rule: null, job: 'superset-bootstrap' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'superset-bootstrap',
          script: [
            'echo "checking akko-superset: connection refused, retrying in 2 s"',
            'sleep 2',
            'echo "checking akko-superset: ready"',
            'echo "dataset transactions already exists, skipping"',
            'echo "WARNING: permission denied for anonymous users, as wanted"',
            'echo "import finished: 12 charts, 0 errors, 0 failed"',
          ].join('\n'),
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'one-bad-night',
    title: 'One backup failed, the next one succeeded',
    broken:
      'Nothing any more: a run of backup-minio failed, and the newer one is good.',
    family: 'healthy',
    expected: { rule: null, job: 'backup-minio' },
    chart: 'older',
    async run(context) {
      const backup = olderCronJob({
        release: 'akko-eu',
        job: 'backup-minio',
        script: 'echo "akko-minio: connection refused"; exit 1',
        spec: { backoffLimit: 0 },
        cron: { failedJobsHistoryLimit: 3 },
      });
      await context.create(backup);
      await context.until('the failure', async () =>
        (await context.list('jobs')).some(({ status }) => status.failed),
      );
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
            value: ['sh', '-c', 'echo "mirrored 5 buckets"'],
          },
        ]),
      );
      await context.until('the success', async () =>
        (await context.list('jobs')).some(({ status }) => status.succeeded),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'quota-nearly-full',
    title: 'The quota is nearly full, and the Job ran all the same',
    broken: 'Nothing: 40m of 50m CPU are requested by another pod.',
    family: 'healthy',
    expected: { rule: null, job: 'ai-functions' },
    chart: 'older',
    async run(context) {
      await context.create(
        quota('compute', { 'requests.cpu': '50m', 'count/jobs.batch': '2' }),
        secret('akko-postgresql-data', { 'postgres-password': 'test-data' }),
      );
      await context.create(
        olderJob({
          job: 'postgres-data-init',
          script: 'sleep 12; echo done',
          container: { resources: { requests: { cpu: '40m' } } },
        }),
      );
      await context.create(
        olderJob({
          job: 'ai-functions',
          script: 'echo "12 functions are there"',
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'mirror-in-progress',
    title: 'A backup is running, the one before succeeded',
    broken: 'Nothing: backup-minio is at its work.',
    family: 'healthy',
    expected: { rule: null, job: 'backup-minio' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderCronJob({
          release: 'lake',
          component: false,
          job: 'backup-minio',
          script:
            'for i in $(seq 1 40); do echo "akko-warehouse: $i of 40 objects"; sleep 1; done',
        }),
      );
      await context.until('the second run', async () => {
        const pods = await context.list('pods');
        return (
          pods.some(({ status }) => status.phase === 'Succeeded') &&
          pods.some(({ status }) => status.phase === 'Running')
        );
      });
    },
  },
];
