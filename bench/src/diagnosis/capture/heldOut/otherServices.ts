import { installChart, ownMinio } from '../installChart';
import { NODE_IMAGE, olderJob, secret } from '../objects';
import { answering, startAnswering, startMinio } from '../servers';
import type { CaptureCase } from '../types';

const at = (host: string) => `${host}.akko.svc.cluster.local`;
const CURL = 'curl --fail-with-body --silent --show-error';

export const otherServices: CaptureCase[] = [
  {
    name: 'buckets-of-a-reader',
    title: 'The storage account may not create buckets',
    broken:
      'minio-init signs in as an account with the policy readonly; creating a bucket is denied.',
    family: 'service',
    expected: { rule: 'role-or-permission-missing', job: 'minio-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-minio', {
          'root-user': 'akko-admin',
          'root-password': 'test-minio-secret',
        }),
      );
      await startMinio(context, 'akko-minio');
      await context.create(
        olderJob({
          job: 'minio-init',
          script: [
            'set -e',
            'mc alias set admin http://akko-minio:9000 akko-admin test-minio-secret >/dev/null',
            'mc admin user add admin reader test-reader-secret >/dev/null 2>&1 || true',
            'mc admin policy attach admin readonly --user reader >/dev/null 2>&1 || true',
            'mc alias set akko http://akko-minio:9000 reader test-reader-secret',
            'mc mb --ignore-existing akko/akko-warehouse',
          ].join('\n'),
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'cloud-keys-without-rights',
    title: 'The chart may not create buckets',
    broken:
      'akko-init signs in to the object storage as an account that may only read.',
    family: 'service',
    expected: { rule: 'role-or-permission-missing', job: 'minio-init' },
    chart: 'akko-init',
    async run(context) {
      await context.create(
        secret('akko-minio', {
          'root-user': 'akko-admin',
          'root-password': 'test-minio-secret',
        }),
        secret('akko-reader', { key: 'reader', secret: 'test-reader-secret' }),
      );
      await startMinio(context, 'akko-minio');
      await context.create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'add-reader' },
        spec: {
          restartPolicy: 'Never',
          containers: [
            {
              name: 'mc',
              image: 'localhost/akko/akko-tools:2026.04',
              command: [
                'sh',
                '-c',
                'mc alias set admin http://akko-minio:9000 akko-admin test-minio-secret && mc admin user add admin reader test-reader-secret && mc admin policy attach admin readonly --user reader',
              ],
            },
          ],
        },
      });
      await context.kubectl(
        'wait',
        'pod/add-reader',
        '--for=jsonpath={.status.phase}=Succeeded',
        '--timeout=60s',
      );
      await context.kubectl('delete', 'pod', 'add-reader');
      await installChart(context, {
        on: ['minio'],
        withoutSecrets: ['akko-minio'],
        values: {
          services: {
            objectStorage: {
              ...ownMinio.objectStorage,
              accessKeySecret: { name: 'akko-reader', key: 'key' },
              secretKeySecret: { name: 'akko-reader', key: 'secret' },
            },
          },
        },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'catalog-of-a-fresh-cluster',
    title: 'Polaris is not healthy yet while the chart is installed',
    broken:
      'akko-akko-polaris answers 503 to everything, its health too, as before its schema is there; akko-init waits for six seconds.',
    family: 'service',
    expected: { rule: 'polaris-initialising', job: 'polaris-init' },
    acceptable: ['target-server-error'],
    chart: 'akko-init',
    async run(context) {
      await startAnswering(
        context,
        'akko-akko-polaris',
        8181,
        answering(8181, 503, '{"status":"DOWN","checks":[]}'),
      );
      await installChart(context, {
        release: 'akko-eu',
        on: ['polaris'],
        values: {
          services: {
            polaris: {
              url: 'http://akko-akko-polaris:8181',
              healthUrl: 'http://akko-akko-polaris:8181',
            },
          },
        },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'values-with-a-short-scope',
    title: 'The values have a scope that Polaris does not take',
    broken: 'akko-init is installed with services.polaris.scope ALL.',
    family: 'service',
    expected: { rule: 'polaris-invalid-scope', job: 'polaris-init' },
    chart: 'akko-init',
    leftOut: ['pods', 'helm'],
    async run(context) {
      await installChart(context, {
        on: ['polaris'],
        values: { services: { polaris: { scope: 'ALL' } } },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'script-signs-in-to-dashboards',
    title: 'Superset refuses the login of the script',
    broken:
      'superset-bootstrap of an older chart signs in with a wrong password.',
    family: 'service',
    expected: { rule: 'superset-login-refused', job: 'superset-bootstrap' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'superset-bootstrap',
          script: `${CURL} -H 'Content-Type: application/json' -d '{"username":"admin","password":"test-wrong","provider":"db","refresh":true}' http://${at(
            'akko-superset',
          )}:8088/api/v1/security/login`,
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'secret-key-left-empty',
    title: 'A key of the Secret is empty',
    broken:
      'The Secret akko-polaris is there, its root-secret is empty; the program of the chart tells so.',
    family: 'service',
    expected: { rule: 'secret-missing', job: 'polaris-init' },
    acceptable: ['misconfigured', 'key-missing'],
    chart: 'akko-init',
    async run(context) {
      await installChart(context, {
        on: ['polaris'],
        secrets: { 'akko-polaris': { 'root-secret': '' } },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'demo-dag-never-ran',
    title: 'The table of the dashboard does not exist in Trino',
    broken:
      'superset-bootstrap of an older chart asks Trino for a table that no DAG has made, and fails.',
    family: 'service',
    expected: { rule: 'superset-table-missing', job: 'superset-bootstrap' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          release: 'akko-eu',
          job: 'superset-bootstrap',
          image: NODE_IMAGE,
          container: {
            command: [
              'node',
              '-e',
              [
                '(async () => {',
                `let answer = await (await fetch('http://${at(
                  'akko-trino',
                )}:8080/v1/statement', { method: 'POST', headers: { 'X-Trino-User': 'superset', 'X-Trino-Catalog': 'tpch', 'X-Trino-Schema': 'tiny' }, body: 'SELECT count(*) FROM fct_transactions' })).json();`,
                'while (answer.nextUri) answer = await (await fetch(answer.nextUri)).json();',
                'if (answer.error) { console.error(`creating dataset fct_transactions failed: ${answer.error.errorName}: ${answer.error.message}`); process.exit(1); }',
                '})()',
              ].join('\n'),
            ],
          },
        }),
      );
      await context.jobEnds();
    },
  },
];
