import { NODE_IMAGE, olderJob, service, TOOLS_IMAGE } from '../objects';
import type { CaptureCase } from '../types';

const STORAGE = 'http://akko-minio.akko.svc.cluster.local:9000';

/** The words of more tools, and of pods that fail in other places than their container. */
export const tools: CaptureCase[] = [
  {
    name: 'no-route-to-the-database',
    title: 'There is no route to PostgreSQL',
    broken:
      'postgres-data-init connects to an address that no machine has, and the network says so after three seconds.',
    family: 'service',
    expected: { rule: 'target-timeout', job: 'postgres-data-init' },
    acceptable: ['target-refused'],
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'postgres-data-init',
          script:
            'psql "host=192.0.2.10 user=postgres connect_timeout=10" -c "SELECT 1"',
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'client-of-the-storage-is-refused',
    title: 'The object storage is down, and mc says so',
    broken: 'The Service akko-minio has no endpoints.',
    family: 'service',
    expected: { rule: 'target-refused', job: 'minio-init' },
    chart: 'older',
    async run(context) {
      await context.create(service('akko-minio', 9000));
      await context.create(
        olderJob({
          release: 'akko-eu',
          job: 'minio-init',
          script:
            'mc alias set akko http://akko-minio:9000 akko-admin test-minio-secret && mc mb --ignore-existing akko/akko-warehouse',
          spec: { backoffLimit: 0 },
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'access-key-that-is-unknown',
    title: 'The object storage does not know the access key',
    broken:
      'minio-init uses an access key that the object storage does not have.',
    family: 'service',
    expected: { rule: 'password-mismatch', job: 'minio-init' },
    acceptable: ['role-or-permission-missing'],
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'minio-init',
          script: `aws --endpoint-url ${STORAGE} s3api create-bucket --bucket akko-warehouse`,
          env: [
            { name: 'AWS_ACCESS_KEY_ID', value: 'akko-former' },
            { name: 'AWS_SECRET_ACCESS_KEY', value: 'test-minio-secret' },
            { name: 'AWS_DEFAULT_REGION', value: 'us-east-1' },
          ],
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'init-container-waits-for-nothing',
    title: 'The init container waits for a database that is down',
    broken:
      'The init container wait-for-db of keycloak-clients tries akko-postgresql three times; the Service has no endpoints.',
    family: 'service',
    expected: { rule: 'target-refused', job: 'keycloak-clients' },
    acceptable: ['init-container-failed'],
    chart: 'older',
    async run(context) {
      await context.create(service('akko-postgresql', 5432));
      await context.create(
        olderJob({
          job: 'keycloak-clients',
          image: NODE_IMAGE,
          script: 'echo updating clients',
          pod: {
            initContainers: [
              {
                name: 'wait-for-db',
                image: TOOLS_IMAGE,
                imagePullPolicy: 'IfNotPresent',
                command: [
                  'sh',
                  '-c',
                  'for i in 1 2 3; do nc -zv akko-postgresql 5432 && exit 0; sleep 1; done; exit 1',
                ],
              },
            ],
          },
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'container-that-is-restarted',
    title: 'The container is restarted again and again, and the Job goes on',
    broken:
      'superset-bootstrap has restartPolicy OnFailure; the Service akko-superset has no endpoints.',
    family: 'service',
    expected: { rule: 'target-refused', job: 'superset-bootstrap' },
    chart: 'older',
    async run(context) {
      await context.create(service('akko-superset', 8088));
      await context.create(
        olderJob({
          job: 'superset-bootstrap',
          script: 'curl --silent --show-error http://akko-superset:8088/health',
          spec: { backoffLimit: 6 },
          pod: { restartPolicy: 'OnFailure' },
        }),
      );
      await context.containerWaits('CrashLoopBackOff');
    },
  },
];
