import {
  installChart,
  ownPostgresql,
  ownPostgresqlData,
} from '../installChart';
import { fromSecret, olderCronJob, olderJob, secret } from '../objects';
import { copySecrets, runSql, startPostgresql } from '../servers';
import type { CaptureCase } from '../types';

const DATABASE = 'akko-postgresql.akko.svc.cluster.local';

/** Databases that refuse what they are asked. */
export const databases: CaptureCase[] = [
  {
    name: 'password-changed-in-the-secret',
    title: 'The password of the Secret is not that of the running server',
    broken:
      'The Secret akko-postgresql has another password than the server was initialised with; psql is refused.',
    family: 'service',
    expected: { rule: 'password-mismatch', job: 'postgres-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-postgresql', { 'postgres-password': 'test-rotated' }),
        olderJob({
          job: 'postgres-init',
          script: `psql -h ${DATABASE} -U postgres -v ON_ERROR_STOP=1 -c "SELECT 1"`,
          env: [
            fromSecret('PGPASSWORD', 'akko-postgresql', 'postgres-password'),
          ],
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'chart-with-a-rotated-password',
    title:
      'The chart is installed with a password that the server does not have',
    broken:
      'The Secret akko-postgresql-data has another password than the running data server.',
    family: 'service',
    expected: { rule: 'password-mismatch', job: 'postgres-data-init' },
    chart: 'akko-init',
    leftOut: ['logs', 'helm'],
    async run(context) {
      await installChart(context, {
        on: ['postgresData'],
        secrets: {
          'akko-postgresql-data': { 'postgres-password': 'test-rotated' },
        },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'account-that-may-not-create',
    title: 'The role of the Job may not create databases',
    broken: 'postgres-init signs in as a role without CREATEDB.',
    family: 'service',
    expected: { rule: 'role-or-permission-missing', job: 'postgres-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-postgresql', { 'postgres-password': 'test-infra' }),
      );
      await startPostgresql(context, 'akko-postgresql');
      await runSql(
        context,
        'akko-postgresql',
        "CREATE ROLE akko_admin LOGIN PASSWORD 'test-admin'",
      );
      await context.create(
        olderJob({
          job: 'postgres-init',
          script:
            'psql -h akko-postgresql -U akko_admin -d postgres -v ON_ERROR_STOP=1 -c "CREATE DATABASE mlflow"',
          env: [{ name: 'PGPASSWORD', value: 'test-admin' }],
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'chart-with-a-small-role',
    title: 'The chart signs in as a role that may create nothing',
    broken:
      'akko-init is installed with services.postgresql.user akko_reader, a role without rights.',
    family: 'service',
    expected: { rule: 'role-or-permission-missing', job: 'postgres-init' },
    chart: 'akko-init',
    async run(context) {
      await copySecrets(context, ['akko-postgresql']);
      await startPostgresql(context, 'akko-postgresql');
      await runSql(
        context,
        'akko-postgresql',
        "CREATE ROLE akko_reader LOGIN PASSWORD 'testbed-infra'",
      );
      await installChart(context, {
        on: ['postgres'],
        withoutSecrets: ['akko-postgresql'],
        values: {
          services: {
            postgresql: { ...ownPostgresql.postgresql, user: 'akko_reader' },
          },
        },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'grant-to-nobody',
    title: 'The script grants rights to a role that does not exist',
    broken: 'postgres-data-init grants to akko_admin, which nobody created.',
    family: 'service',
    expected: { rule: 'role-or-permission-missing', job: 'postgres-data-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-postgresql-data', { 'postgres-password': 'test-data' }),
      );
      await startPostgresql(context, 'akko-postgresql-data');
      await context.create(
        olderJob({
          job: 'postgres-data-init',
          script:
            'psql -h akko-postgresql-data -U postgres -v ON_ERROR_STOP=1 -c "CREATE DATABASE banking" -c "GRANT ALL ON DATABASE banking TO akko_admin"; code=$?; psql -h akko-postgresql-data -U postgres -q -c "DROP DATABASE IF EXISTS banking"; exit $code',
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
    name: 'image-without-an-extension',
    title: 'The image of the server lacks an extension',
    broken:
      'akko-init is told to create the extension timescaledb, which the image of the server does not have.',
    family: 'service',
    expected: { rule: 'extension-not-available', job: 'postgres-data-init' },
    chart: 'akko-init',
    async run(context) {
      await copySecrets(context, ['akko-postgresql-data']);
      await startPostgresql(context, 'akko-postgresql-data');
      await installChart(context, {
        on: ['postgresData'],
        withoutSecrets: ['akko-postgresql-data'],
        values: {
          services: ownPostgresqlData,
          postgresData: {
            databases: [{ name: 'metrics', extensions: ['timescaledb'] }],
          },
        },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'created-once-more',
    title: 'The script creates a database that is there',
    broken:
      'postgres-init runs a plain CREATE DATABASE, as it did at the install before.',
    family: 'service',
    expected: { rule: 'duplicate-database', job: 'postgres-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-postgresql', { 'postgres-password': 'test-infra' }),
      );
      await startPostgresql(context, 'akko-postgresql');
      await runSql(context, 'akko-postgresql', 'CREATE DATABASE keycloak');
      await context.create(
        olderJob({
          job: 'postgres-init',
          script:
            'printf "CREATE DATABASE keycloak;\\nCREATE DATABASE airflow;\\n" | psql -h akko-postgresql -U postgres -v ON_ERROR_STOP=1',
          env: [
            fromSecret('PGPASSWORD', 'akko-postgresql', 'postgres-password'),
          ],
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'data-volume-full',
    title: 'The volume of the data server is full',
    broken:
      'The data server has a volume of 96Mi; the seed data does not fit into it.',
    family: 'service',
    expected: { rule: 'disk-full', job: 'postgres-data-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-postgresql-data', { 'postgres-password': 'test-data' }),
      );
      await startPostgresql(context, 'akko-postgresql-data', {
        emptyDir: { medium: 'Memory', sizeLimit: '96Mi' },
      });
      await context.create(
        olderJob({
          job: 'postgres-data-init',
          script:
            'psql -h akko-postgresql-data -U postgres -v ON_ERROR_STOP=1 -c "CREATE UNLOGGED TABLE transactions AS SELECT n, repeat(md5(n::text), 20) AS memo FROM generate_series(1, 400000) AS n"',
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
    name: 'backup-volume-full',
    title: 'The volume of the backups is full',
    broken:
      'backup-postgres writes its dump to a volume of 4Mi that the dump of the day before has filled.',
    family: 'service',
    expected: { rule: 'disk-full', job: 'backup-postgres' },
    acceptable: ['backup-failing'],
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-postgresql-data', { 'postgres-password': 'testbed-data' }),
        olderCronJob({
          job: 'backup-postgres',
          script:
            'dd if=/dev/zero of=/backups/2026-11-28.dump bs=1M count=8 status=none 2>/dev/null; set -e; echo "dumping akko-postgresql-data"; pg_dump --compress=none --file=/backups/2026-11-29.sql -h akko-postgresql-data.akko.svc.cluster.local -U postgres banking',
          env: [
            fromSecret(
              'PGPASSWORD',
              'akko-postgresql-data',
              'postgres-password',
            ),
          ],
          pod: {
            securityContext: { fsGroup: 1000 },
            volumes: [
              {
                name: 'backups',
                emptyDir: { medium: 'Memory', sizeLimit: '4Mi' },
              },
            ],
          },
          container: {
            volumeMounts: [{ name: 'backups', mountPath: '/backups' }],
          },
        }),
      );
      await context.jobEnds();
    },
  },
];
