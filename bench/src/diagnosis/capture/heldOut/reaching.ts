import { installChart, ownMinio, ownPostgresql } from '../installChart';
import { NODE_IMAGE, olderJob, secret, service } from '../objects';
import {
  answering,
  startAnswering,
  startMinio,
  startSelfSigned,
} from '../servers';
import type { CaptureCase } from '../types';

/** Address of the range of Services that no Service has: packets to it are dropped. */
const NOWHERE = '10.96.255.78';
const CURL = 'curl --fail-with-body --silent --show-error';

export const reaching: CaptureCase[] = [
  {
    name: 'catalog-not-deployed-yet',
    title: 'Superset is not up, and curl is refused',
    broken: 'The Service akko-superset has no endpoints.',
    family: 'service',
    expected: { rule: 'target-refused', job: 'superset-bootstrap' },
    chart: 'older',
    async run(context) {
      await context.create(service('akko-superset', 8088));
      await context.create(
        olderJob({
          release: 'akko-eu',
          job: 'superset-bootstrap',
          script: `${CURL} http://akko-superset:8088/api/v1/security/login`,
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'plain-jobs-and-no-database',
    title: 'Jobs of the chart fail together because PostgreSQL is down',
    broken:
      'The Service akko-postgresql has no endpoints and akko-akko-polaris, which needs it, answers 503; postgres-init and polaris-init fail, minio-init is fine.',
    family: 'service',
    expected: { rule: 'target-refused', job: 'postgres-init' },
    chart: 'akko-init',
    async run(context) {
      await context.create(
        service('akko-postgresql', 5432),
        secret('akko-minio', {
          'root-user': 'akko-admin',
          'root-password': 'test-minio-secret',
        }),
      );
      await startMinio(context, 'akko-minio');
      await startAnswering(
        context,
        'akko-akko-polaris',
        8182,
        answering(
          8182,
          503,
          '{"status":"DOWN","checks":[{"name":"Database connections health check","status":"DOWN","data":{"<default>":"Unable to execute the validation check for the default DataSource: The connection attempt failed."}}]}',
        ),
      );
      await installChart(context, {
        on: ['postgres', 'minio', 'polaris'],
        plain: true,
        withoutSecrets: ['akko-minio'],
        values: {
          services: {
            ...ownPostgresql,
            ...ownMinio,
            polaris: {
              url: 'http://akko-akko-polaris:8181',
              healthUrl: 'http://akko-akko-polaris:8182',
            },
          },
        },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'functions-before-the-data-server',
    title: 'The data server refuses the program of the Job',
    broken: 'The Service akko-postgresql-data has no endpoints.',
    family: 'service',
    expected: { rule: 'target-refused', job: 'ai-functions' },
    chart: 'older',
    async run(context) {
      await context.create(service('akko-postgresql-data', 5432));
      await context.create(
        olderJob({
          job: 'ai-functions',
          component: false,
          image: NODE_IMAGE,
          container: {
            command: [
              'node',
              '-e',
              "require('net').connect(5432, 'akko-postgresql-data').on('connect', () => process.exit(0))",
            ],
          },
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'storage-in-another-network',
    title: 'The object storage does not answer',
    broken: 'akko-init points to an address that drops packets.',
    family: 'service',
    expected: { rule: 'target-timeout', job: 'minio-init' },
    chart: 'akko-init',
    async run(context) {
      await installChart(context, {
        on: ['minio'],
        values: {
          services: { objectStorage: { endpoint: `http://${NOWHERE}:9000` } },
        },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'slow-identity',
    title: 'curl gives up waiting for Keycloak',
    broken:
      'A server that takes connections and never answers stands behind akko-keycloak.',
    family: 'service',
    expected: { rule: 'target-timeout', job: 'bootstrap-admin' },
    chart: 'older',
    async run(context) {
      await startAnswering(
        context,
        'akko-keycloak',
        8080,
        "require('net').createServer(socket => socket.on('error', () => {})).listen(8080)",
      );
      await context.create(
        olderJob({
          job: 'bootstrap-admin',
          script: `${CURL} --max-time 6 http://akko-keycloak:8080/realms/master`,
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'misspelt-keycloak',
    title: 'The host of Keycloak is misspelt',
    broken: 'keycloak-sync asks akko-keyclaok, which no DNS knows.',
    family: 'service',
    expected: { rule: 'target-name-unknown', job: 'keycloak-sync' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          release: 'lake',
          component: false,
          job: 'keycloak-sync',
          script: `${CURL} http://akko-keyclaok:8080/realms/akko`,
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'database-of-the-values-is-elsewhere',
    title: 'The values name a database host that does not exist',
    broken: 'akko-init is installed with services.postgresql.host pg.akko-eu.',
    family: 'service',
    expected: { rule: 'target-name-unknown', job: 'postgres-init' },
    chart: 'akko-init',
    async run(context) {
      await installChart(context, {
        on: ['postgres'],
        values: { services: { postgresql: { host: 'pg.akko-eu.svc' } } },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'storage-answers-bad-gateway',
    title: 'A proxy before the object storage answers 502',
    broken: 'A server that answers 502 to everything stands behind akko-minio.',
    family: 'service',
    expected: { rule: 'target-server-error', job: 'minio-init' },
    chart: 'akko-init',
    async run(context) {
      await startAnswering(
        context,
        'akko-minio',
        9000,
        answering(
          9000,
          502,
          '<html><body><h1>502 Bad Gateway</h1></body></html>',
          'text/html',
        ),
      );
      await installChart(context, {
        on: ['minio'],
        values: { services: ownMinio },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'chart-and-an-unknown-authority',
    title: 'The chart does not know the authority of a certificate',
    broken:
      'akko-keycloak answers by HTTPS with a certificate that it signed itself.',
    family: 'service',
    expected: { rule: 'target-tls', job: 'keycloak-clients' },
    chart: 'akko-init',
    async run(context) {
      await startSelfSigned(context, 'akko-keycloak', 8443);
      await installChart(context, {
        on: ['keycloakClients'],
        values: {
          services: { keycloak: { url: 'https://akko-keycloak:8443' } },
        },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'models-of-another-namespace',
    title: 'LiteLLM is not found when the functions are tried',
    broken:
      'ai-functions of an older chart waits for akko-akko-litellm, whose Service has no endpoints, and gives up.',
    family: 'service',
    expected: { rule: 'litellm-unreachable', job: 'ai-functions' },
    acceptable: ['target-refused'],
    chart: 'older',
    async run(context) {
      await context.create(service('akko-akko-litellm', 4000));
      await context.create(
        olderJob({
          release: 'akko-eu',
          job: 'ai-functions',
          image: NODE_IMAGE,
          container: {
            command: [
              'node',
              '-e',
              "fetch('http://akko-akko-litellm:4000/v1/models').catch(error => { console.error('LiteLLM is not reachable:', error.message, error.cause?.code, error.cause?.address); process.exit(1); })",
            ],
          },
        }),
      );
      await context.jobEnds();
    },
  },
];
