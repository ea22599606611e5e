import { installChart, ownPostgresql, ownMinio } from '../installChart';
import { olderJob, secret, service } from '../objects';
import { answering, startAnswering, startSelfSigned } from '../servers';
import type { CaptureCase } from '../types';

/** Address of the range of Services that no Service has: packets to it are dropped. */
const NOWHERE = '10.96.255.77';

/** Services that cannot be reached. */
export const reaching: CaptureCase[] = [
  {
    name: 'database-without-endpoints',
    title: 'PostgreSQL is down: its Service has no endpoints',
    broken:
      'The Service akko-postgresql is there and no pod is behind it; psql is refused.',
    family: 'service',
    expected: { rule: 'target-refused', job: 'postgres-init' },
    chart: 'older',
    async run(context) {
      await context.create(service('akko-postgresql', 5432));
      await context.create(
        olderJob({
          job: 'postgres-init',
          script:
            'psql -h akko-postgresql -U postgres -v ON_ERROR_STOP=1 -c "SELECT 1"',
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'chart-and-database-down',
    title: 'PostgreSQL is down while the chart is installed',
    broken:
      'akko-init is installed while the Service akko-postgresql has no endpoints.',
    family: 'service',
    expected: { rule: 'target-refused', job: 'postgres-init' },
    chart: 'akko-init',
    async run(context) {
      await context.create(service('akko-postgresql', 5432));
      await installChart(context, {
        on: ['postgres'],
        values: { services: ownPostgresql },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'three-jobs-and-no-database',
    title: 'Three Jobs fail because PostgreSQL is down',
    broken:
      'The Service akko-postgresql has no endpoints; postgres-init, keycloak-clients and superset-bootstrap need it and fail.',
    family: 'service',
    expected: { rule: 'target-refused', job: 'postgres-init' },
    chart: 'older',
    async run(context) {
      await context.create(service('akko-postgresql', 5432));
      const wait =
        'pg_isready -h akko-postgresql -p 5432 -U postgres || { echo "akko-postgresql is not ready, giving up" >&2; exit 1; }';
      await context.create(
        olderJob({
          job: 'postgres-init',
          script: 'psql -h akko-postgresql -U postgres -f /sql/ensure.sql',
        }),
        olderJob({ job: 'keycloak-clients', script: wait }),
        olderJob({
          job: 'superset-bootstrap',
          script:
            'psql "postgresql://superset:test-superset@akko-postgresql:5432/superset" -c "SELECT 1"',
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'database-behind-a-silent-address',
    title: 'PostgreSQL does not answer',
    broken:
      'postgres-init connects to an address that drops packets; psql gives up after two seconds.',
    family: 'service',
    expected: { rule: 'target-timeout', job: 'postgres-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'postgres-init',
          script: `psql "host=${NOWHERE} user=postgres connect_timeout=2" -c "SELECT 1"`,
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'service-of-another-release',
    title: 'The name of PostgreSQL is not known to DNS',
    broken:
      'postgres-init connects to akko-postgresql, and this namespace has no such Service.',
    family: 'service',
    expected: { rule: 'target-name-unknown', job: 'postgres-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'postgres-init',
          script: 'psql -h akko-postgresql -U postgres -c "SELECT 1"',
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'chart-without-its-storage',
    title: 'The chart is installed where there is no object storage',
    broken:
      'akko-init points to akko-minio, and this namespace has no such Service.',
    family: 'service',
    expected: { rule: 'target-name-unknown', job: 'minio-init' },
    chart: 'akko-init',
    async run(context) {
      await installChart(context, {
        on: ['minio'],
        plain: true,
        values: { services: ownMinio },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'keycloak-overloaded',
    title: 'Keycloak answers 503',
    broken:
      'A server that answers 503 to everything stands behind akko-keycloak.',
    family: 'service',
    expected: { rule: 'target-server-error', job: 'keycloak-clients' },
    chart: 'older',
    leftOut: ['events'],
    async run(context) {
      await startAnswering(
        context,
        'akko-keycloak',
        8080,
        answering(8080, 503, 'upstream connect error', 'text/plain'),
      );
      await context.create(
        olderJob({
          job: 'keycloak-clients',
          script:
            'curl --fail --silent --show-error -d grant_type=password -d client_id=admin-cli -d username=admin -d password=test-keycloak http://akko-keycloak:8080/realms/master/protocol/openid-connect/token',
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'storage-behind-its-own-certificate',
    title: 'The object storage has a certificate that nobody knows',
    broken:
      'akko-minio answers by HTTPS with a self-signed certificate, which curl does not trust.',
    family: 'service',
    expected: { rule: 'target-tls', job: 'minio-init' },
    chart: 'older',
    async run(context) {
      await startSelfSigned(context, 'akko-minio', 9000);
      await context.create(
        olderJob({
          job: 'minio-init',
          script:
            'curl --fail --silent --show-error https://akko-minio:9000/minio/health/ready',
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'database-without-encryption',
    title: 'PostgreSQL does not speak TLS, and the Job wants it',
    broken: 'psql is told sslmode=require; the server has no TLS.',
    family: 'service',
    expected: { rule: 'target-tls', job: 'postgres-data-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-postgresql-data', { 'postgres-password': 'testbed-data' }),
        olderJob({
          job: 'postgres-data-init',
          script:
            'psql "host=akko-postgresql-data.akko.svc.cluster.local user=postgres sslmode=require" -c "SELECT 1"',
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'language-models-are-down',
    title: 'LiteLLM is down when the functions are tried',
    broken:
      'ai-functions tries its functions against akko-akko-litellm, whose Service has no endpoints.',
    family: 'service',
    expected: { rule: 'litellm-unreachable', job: 'ai-functions' },
    acceptable: ['target-refused'],
    chart: 'older',
    async run(context) {
      await context.create(service('akko-akko-litellm', 4000));
      await context.create(
        olderJob({
          job: 'ai-functions',
          script:
            'set -e; echo "functions are installed, trying akko_ai_ask"; curl --fail --silent --show-error http://akko-akko-litellm:4000/v1/models',
        }),
      );
      await context.jobEnds();
    },
  },
];
