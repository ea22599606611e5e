import { olderJob, secret, service, TOOLS_IMAGE } from '../objects';
import { imageOf, startMinio } from '../servers';
import type { CaptureCase } from '../types';

export const tools: CaptureCase[] = [
  {
    name: 'script-of-another-language',
    title: 'A script in Python is refused',
    broken:
      'superset-bootstrap asks akko-trino, whose Service has no endpoints.',
    family: 'service',
    expected: { rule: 'target-refused', job: 'superset-bootstrap' },
    chart: 'older',
    async run(context) {
      await context.create(service('akko-trino', 8080));
      await context.create(
        olderJob({
          job: 'superset-bootstrap',
          image: await imageOf(context, 'akko-superset'),
          container: {
            command: [
              'python',
              '-c',
              "import requests; requests.get('http://akko-trino:8080/v1/info', timeout=5)",
            ],
          },
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'bucket-of-a-stranger',
    title: 'The account of the AWS CLI may not create the bucket',
    broken: 'minio-init signs in as an account that may only read.',
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
          release: 'lake',
          component: false,
          job: 'minio-init',
          script: [
            'mc alias set admin http://akko-minio:9000 akko-admin test-minio-secret >/dev/null',
            'mc admin user add admin reader test-reader-secret >/dev/null',
            'mc admin policy attach admin readonly --user reader >/dev/null 2>&1',
            'AWS_ACCESS_KEY_ID=reader AWS_SECRET_ACCESS_KEY=test-reader-secret AWS_DEFAULT_REGION=us-east-1 aws --endpoint-url http://akko-minio:9000 s3 mb s3://akko-shared',
          ].join('\n'),
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'init-container-and-a-wrong-name',
    title: 'The init container waits for a host that no DNS knows',
    broken:
      'The init container wait-for-keycloak of bootstrap-admin asks for a Service that this namespace does not have.',
    family: 'service',
    expected: { rule: 'target-name-unknown', job: 'bootstrap-admin' },
    acceptable: ['init-container-failed'],
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'bootstrap-admin',
          script: 'true',
          pod: {
            initContainers: [
              {
                name: 'wait-for-keycloak',
                image: TOOLS_IMAGE,
                imagePullPolicy: 'IfNotPresent',
                command: ['nc', '-zv', 'akko-keycloak', '8080'],
              },
            ],
          },
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'restarted-with-a-wrong-password',
    title: 'The container is restarted with a password that is refused',
    broken:
      'postgres-init has restartPolicy OnFailure and a password that differs from the running server.',
    family: 'service',
    expected: { rule: 'password-mismatch', job: 'postgres-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          release: 'akko-eu',
          job: 'postgres-init',
          script:
            'psql -h akko-postgresql.akko.svc.cluster.local -U postgres -c "SELECT 1"',
          env: [{ name: 'PGPASSWORD', value: 'test-old' }],
          spec: { backoffLimit: 6 },
          pod: { restartPolicy: 'OnFailure' },
        }),
      );
      await context.containerWaits('CrashLoopBackOff');
    },
  },
];
