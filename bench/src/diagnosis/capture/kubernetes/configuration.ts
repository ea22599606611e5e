import { configMap, fromSecret, olderJob, secret } from '../objects';
import type { CaptureCase } from '../types';

/** Secrets, ConfigMaps, keys and accounts that are not there. */
export const configuration: CaptureCase[] = [
  {
    name: 'postgres-secret-not-created',
    title: 'The Secret of the password is not there',
    broken:
      'postgres-init takes PGPASSWORD from the Secret akko-postgresql, which was never created.',
    family: 'kubernetes',
    expected: { rule: 'secret-missing', job: 'postgres-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'postgres-init',
          script: 'psql -h akko-postgresql -U postgres -c "SELECT 1"',
          env: [
            fromSecret('PGPASSWORD', 'akko-postgresql', 'postgres-password'),
          ],
        }),
      );
      await context.containerWaits('CreateContainerConfigError');
    },
  },
  {
    name: 'sql-config-not-created',
    title: 'The ConfigMap with the SQL is not there',
    broken:
      'postgres-init mounts the ConfigMap akko-postgres-ensure, which was never created.',
    family: 'kubernetes',
    expected: { rule: 'configmap-missing', job: 'postgres-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'postgres-init',
          script: 'psql -h akko-postgresql -U postgres -f /sql/ensure.sql',
          pod: {
            volumes: [
              { name: 'sql', configMap: { name: 'akko-postgres-ensure' } },
            ],
          },
          container: { volumeMounts: [{ name: 'sql', mountPath: '/sql' }] },
        }),
      );
      await context.eventIsThere('FailedMount', { count: 3 });
    },
  },
  {
    name: 'storage-secret-with-another-key',
    title: 'The Secret is there, its key has another name',
    broken:
      'minio-init takes the key root-password of the Secret akko-minio, which has rootPassword.',
    family: 'kubernetes',
    expected: { rule: 'key-missing', job: 'minio-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        secret('akko-minio', {
          rootUser: 'akko-admin',
          rootPassword: 'test-minio-secret',
        }),
        olderJob({
          job: 'minio-init',
          script: 'mc ls akko',
          env: [
            fromSecret('MINIO_ROOT_PASSWORD', 'akko-minio', 'root-password'),
          ],
        }),
      );
      await context.containerWaits('CreateContainerConfigError');
    },
  },
  {
    name: 'job-without-its-account',
    title: 'The service account of the Job is not there',
    broken:
      'keycloak-sync names the service account akko-akko-init, which was never created; no pod is made.',
    family: 'kubernetes',
    expected: { rule: 'service-account-missing', job: 'keycloak-sync' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'keycloak-sync',
          script: 'true',
          pod: { serviceAccountName: 'akko-akko-init' },
        }),
      );
      await context.eventIsThere('FailedCreate', { count: 4 });
    },
  },
  {
    name: 'environment-from-config-without-key',
    title: 'The ConfigMap is there, a key of it is not',
    broken:
      'polaris-init takes POLARIS_URI from the key uri of the ConfigMap akko-polaris-config, which has only url.',
    family: 'kubernetes',
    expected: { rule: 'key-missing', job: 'polaris-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        configMap('akko-polaris-config', {
          url: 'http://akko-akko-polaris:8181',
        }),
        olderJob({
          job: 'polaris-init',
          script: 'curl --fail $POLARIS_URI',
          env: [
            {
              name: 'POLARIS_URI',
              valueFrom: {
                configMapKeyRef: { name: 'akko-polaris-config', key: 'uri' },
              },
            },
          ],
        }),
      );
      await context.containerWaits('CreateContainerConfigError');
    },
  },
];
