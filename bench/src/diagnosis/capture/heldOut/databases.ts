import {
  installChart,
  ownPostgresql,
  ownPostgresqlData,
} from '../installChart';
import { fromSecret, olderCronJob, olderJob, secret } from '../objects';
import { copySecrets, runSql, startPostgresql } from '../servers';
import type { CaptureCase } from '../types';

const at = (host: string) => `${host}.akko.svc.cluster.local`;

export const databases: CaptureCase[] = [
  {
    name: 'dump-with-an-old-password',
    title: 'The backup signs in with a password of yesterday',
    broken:
      'backup-postgres takes the password from a Secret that differs from the running server.',
    family: 'service',
    expected: { rule: 'password-mismatch', job: 'backup-postgres' },
    acceptable: ['backup-failing'],
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-postgresql', { 'postgres-password': 'test-yesterday' }),
        olderCronJob({
          job: 'backup-postgres',
          script: `pg_dumpall -h ${at('akko-postgresql')} -U postgres`,
          env: [
            fromSecret('PGPASSWORD', 'akko-postgresql', 'postgres-password'),
          ],
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'chart-after-a-restore',
    title: 'The infrastructure server was restored with its old password',
    broken:
      'The Secret akko-postgresql was renewed, the data folder of the server keeps the first password.',
    family: 'service',
    expected: { rule: 'password-mismatch', job: 'postgres-init' },
    chart: 'akko-init',
    leftOut: ['logs'],
    async run(context) {
      await installChart(context, {
        on: ['postgres'],
        plain: true,
        secrets: { 'akko-postgresql': { 'postgres-password': 'test-renewed' } },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'schema-of-somebody-else',
    title: 'The role of the Job may not write the table',
    broken:
      'superset-bootstrap reads and writes a table that belongs to another role.',
    family: 'service',
    expected: {
      rule: 'role-or-permission-missing',
      job: 'superset-bootstrap',
    },
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-postgresql', { 'postgres-password': 'test-infra' }),
      );
      await startPostgresql(context, 'akko-postgresql');
      await runSql(
        context,
        'akko-postgresql',
        "CREATE ROLE superset LOGIN PASSWORD 'test-superset'; CREATE TABLE dashboards (slug text)",
      );
      await context.create(
        olderJob({
          job: 'superset-bootstrap',
          script:
            'psql -h akko-postgresql -U superset -d postgres -v ON_ERROR_STOP=1 -c "INSERT INTO dashboards VALUES (\'banking\')"',
          env: [{ name: 'PGPASSWORD', value: 'test-superset' }],
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'owner-was-never-made',
    title: 'The role that the Job signs in as does not exist',
    broken:
      'The server trusts the pod network and does not know the role akko_admin.',
    family: 'service',
    expected: { rule: 'role-or-permission-missing', job: 'postgres-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-postgresql', { 'postgres-password': 'test-infra' }),
      );
      await startPostgresql(context, 'akko-postgresql');
      await context.kubectl(
        'exec',
        'deployment/akko-postgresql',
        '--',
        'sh',
        '-c',
        'sed -i "1i host all all all trust" /data/pgdata/pg_hba.conf && pg_ctl reload -D /data/pgdata',
      );
      await context.create(
        olderJob({
          release: 'akko-eu',
          job: 'postgres-init',
          script:
            'psql -h akko-postgresql -U akko_admin -d postgres -c "CREATE DATABASE airflow"',
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'python-without-its-language',
    title: 'The image of the server has no such language',
    broken:
      'ai-functions of an older chart creates the extension plr, which the image does not have.',
    family: 'service',
    expected: { rule: 'extension-not-available', job: 'ai-functions' },
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-postgresql-data', { 'postgres-password': 'test-data' }),
      );
      await startPostgresql(context, 'akko-postgresql-data');
      await context.create(
        olderJob({
          job: 'ai-functions',
          script:
            'psql -h akko-postgresql-data -U postgres -v ON_ERROR_STOP=1 -c "CREATE EXTENSION IF NOT EXISTS plr"',
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
    name: 'createdb-on-every-upgrade',
    title: 'createdb finds the database of the install before',
    broken: 'postgres-data-init calls createdb for a database that is there.',
    family: 'service',
    expected: { rule: 'duplicate-database', job: 'postgres-data-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-postgresql-data', { 'postgres-password': 'test-data' }),
      );
      await startPostgresql(context, 'akko-postgresql-data');
      await runSql(context, 'akko-postgresql-data', 'CREATE DATABASE banking');
      await context.create(
        olderJob({
          release: 'lake',
          component: false,
          job: 'postgres-data-init',
          script:
            'set -e; for database in banking healthcare; do createdb -h akko-postgresql-data -U postgres $database; done',
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
    name: 'seed-of-the-chart-does-not-fit',
    title: 'The data server has no space for its databases',
    broken:
      'The data server of this namespace has a volume of 64Mi, which new databases fill.',
    family: 'service',
    expected: { rule: 'disk-full', job: 'postgres-data-init' },
    chart: 'akko-init',
    async run(context) {
      await copySecrets(context, ['akko-postgresql-data']);
      await startPostgresql(context, 'akko-postgresql-data', {
        emptyDir: { medium: 'Memory', sizeLimit: '64Mi' },
      });
      await installChart(context, {
        on: ['postgresData'],
        withoutSecrets: ['akko-postgresql-data'],
        values: { services: ownPostgresqlData },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'sql-with-a-typing-error',
    title: 'The SQL of the values has a typing error',
    broken:
      'akko-init is installed with an ensureSql that PostgreSQL cannot read.',
    family: 'service',
    expected: { rule: 'misconfigured', job: 'postgres-init' },
    chart: 'akko-init',
    async run(context) {
      await copySecrets(context, ['akko-postgresql']);
      await startPostgresql(context, 'akko-postgresql');
      await installChart(context, {
        on: ['postgres'],
        withoutSecrets: ['akko-postgresql'],
        values: {
          services: ownPostgresql,
          postgres: { ensureSql: 'CRATE SCHEMA IF NOT EXISTS reporting;' },
        },
      });
      await context.jobEnds();
    },
  },
];
