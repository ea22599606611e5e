import { installChart, ownMinio, ownPostgresql } from '../installChart';
import {
  fromSecret,
  olderCronJob,
  olderJob,
  secret,
  service,
} from '../objects';
import { copySecrets, startMinio, startPostgresql } from '../servers';
import type { CaptureCase } from '../types';

/** Nothing is wrong, however it may look. */
export const runs: CaptureCase[] = [
  {
    name: 'first-install',
    title: 'The chart is installed for the first time',
    broken: 'Nothing: postgres-init and minio-init create what is missing.',
    family: 'healthy',
    expected: { rule: null, job: 'postgres-init' },
    chart: 'akko-init',
    async run(context) {
      await copySecrets(context, ['akko-postgresql', 'akko-minio']);
      await startPostgresql(context, 'akko-postgresql');
      await startMinio(context, 'akko-minio');
      await installChart(context, {
        on: ['postgres', 'minio'],
        withoutSecrets: ['akko-postgresql', 'akko-minio'],
        values: { services: { ...ownPostgresql, ...ownMinio } },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'database-came-later',
    title: 'The first attempt was refused, the second one succeeded',
    broken:
      'Nothing any more: PostgreSQL was started after the first attempt of postgres-init had failed.',
    family: 'healthy',
    expected: { rule: null, job: 'postgres-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-postgresql', { 'postgres-password': 'test-infra' }),
        olderJob({
          job: 'postgres-init',
          script:
            'psql -h akko-postgresql -U postgres -v ON_ERROR_STOP=1 -c "SELECT 1"',
          env: [
            fromSecret('PGPASSWORD', 'akko-postgresql', 'postgres-password'),
          ],
          spec: { backoffLimit: 6 },
        }),
      );
      await context.create(service('akko-postgresql', 5432));
      await context.until('the first failure', async () =>
        (await context.list('jobs')).some(({ status }) => status.failed),
      );
      await context.kubectl('delete', 'service', 'akko-postgresql');
      await startPostgresql(context, 'akko-postgresql');
      await context.jobEnds();
    },
  },
  {
    name: 'secret-came-later',
    title: 'The Secret was made a little later than the Job',
    broken:
      'Nothing any more: the pod waited for the Secret akko-minio, and ran when it was there.',
    family: 'healthy',
    expected: { rule: null, job: 'minio-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'minio-init',
          script: 'echo "5 buckets are there"',
          env: [
            fromSecret('MINIO_ROOT_PASSWORD', 'akko-minio', 'root-password'),
          ],
        }),
      );
      await context.containerWaits('CreateContainerConfigError');
      await context.create(
        secret('akko-minio', { 'root-password': 'test-minio-secret' }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'account-came-later',
    title: 'The service account was made a little later than the Job',
    broken:
      'Nothing any more: creating the pod was refused until the service account was there.',
    family: 'healthy',
    expected: { rule: null, job: 'keycloak-clients' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'keycloak-clients',
          script: 'echo "8 clients are there"',
          pod: { serviceAccountName: 'akko-akko-init' },
        }),
      );
      await context.eventIsThere('FailedCreate', { count: 2 });
      await context.create({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'akko-akko-init' },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'buckets-were-there',
    title: 'The buckets were there already, and the tool says so',
    broken:
      'Nothing: `mc mb` is called without --ignore-existing for buckets that exist, and the script goes on.',
    family: 'healthy',
    expected: { rule: null, job: 'minio-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-minio', {
          'root-user': 'akko-admin',
          'root-password': 'test-minio-secret',
        }),
      );
      await startMinio(context, 'akko-minio');
      const make =
        'for bucket in akko-warehouse akko-shared; do mc mb akko/$bucket || true; done';
      await context.create(
        olderJob({
          job: 'minio-init',
          script: `mc alias set akko http://akko-minio:9000 akko-admin test-minio-secret; ${make}; ${make}; echo "buckets are ready"`,
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'seed-in-progress',
    title: 'A Job is running',
    broken: 'Nothing: postgres-data-init is at its work.',
    family: 'healthy',
    expected: { rule: null, job: 'postgres-data-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'postgres-data-init',
          script:
            'for i in $(seq 1 300); do echo "seeding banking: $i of 300 batches"; sleep 1; done',
          spec: { activeDeadlineSeconds: 900 },
        }),
      );
      await context.until('the log to begin', async () =>
        (
          await context
            .kubectl('logs', 'job/akko-postgres-data-init')
            .catch(() => '')
        ).includes('5 of 300'),
      );
    },
  },
  {
    name: 'notices-of-a-second-run',
    title: 'The script finds everything there, with notices',
    broken:
      'Nothing: PostgreSQL tells by notices and one warning that things exist.',
    family: 'healthy',
    expected: { rule: null, job: 'postgres-data-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-postgresql-data', { 'postgres-password': 'test-data' }),
      );
      await startPostgresql(context, 'akko-postgresql-data');
      const sql =
        '-c "CREATE EXTENSION IF NOT EXISTS vector" -c "CREATE SCHEMA IF NOT EXISTS banking" -c "CREATE TABLE IF NOT EXISTS banking.accounts (id int)" -c "DROP TABLE IF EXISTS banking.scratch" -c "ROLLBACK"';
      const psql = `psql -h akko-postgresql-data -U postgres -v ON_ERROR_STOP=1 ${sql}`;
      await context.create(
        olderJob({
          job: 'postgres-data-init',
          script: `${psql} && ${psql}`,
          env: [
            fromSecret(
              'PGPASSWORD',
              'akko-postgresql-data',
              'postgres-password',
            ),
          ],
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'backups-run-well',
    title: 'The backup ran twice, and both runs succeeded',
    broken: 'Nothing.',
    family: 'healthy',
    expected: { rule: null, job: 'backup-postgres' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderCronJob({
          job: 'backup-postgres',
          script: 'echo "dumped 7 databases, 0 failed, 7 kept"',
          cron: { suspend: false, startingDeadlineSeconds: 3600 },
        }),
      );
      await context.until('two successes', async () => {
        const jobs = await context.list('jobs');
        return jobs.filter(({ status }) => status.succeeded).length >= 2;
      });
      await context.jobEnds();
    },
  },
  {
    name: 'backups-that-are-not-due',
    title: 'Backups are on and were never due; the drills are off on purpose',
    broken:
      'Nothing: the chart is installed with both backups; its drills are suspended, as the catalogue says.',
    family: 'healthy',
    expected: { rule: null, job: 'backup-postgres' },
    chart: 'akko-init',
    async run(context) {
      await installChart(context, {
        on: [],
        values: {
          backup: {
            persistence: { size: '1Gi', keep: false },
            postgres: { enabled: true },
            minio: { enabled: true },
          },
        },
      });
      await context.until('the volume', async () =>
        (
          await context.list('pvc')
        ).every(({ status }) => status.phase === 'Bound'),
      );
    },
  },
];
