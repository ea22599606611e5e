import { configMap, olderCronJob, olderJob } from '../objects';
import type { CaptureCase } from '../types';

export const configuration: CaptureCase[] = [
  {
    name: 'secret-as-a-file',
    title: 'The Secret that the pod mounts is not there',
    broken:
      'keycloak-clients mounts the Secret akko-keycloak as files; it was never created.',
    family: 'kubernetes',
    expected: { rule: 'secret-missing', job: 'keycloak-clients' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'keycloak-clients',
          script: 'cat /secrets/admin-password',
          pod: {
            volumes: [
              { name: 'login', secret: { secretName: 'akko-keycloak' } },
            ],
          },
          container: {
            volumeMounts: [{ name: 'login', mountPath: '/secrets' }],
          },
        }),
      );
      await context.eventIsThere('FailedMount', { count: 3 });
    },
  },
  {
    name: 'environment-of-a-deleted-config',
    title: 'The ConfigMap of the environment is not there',
    broken:
      'ai-functions takes its environment from the ConfigMap akko-litellm-env, which somebody deleted.',
    family: 'kubernetes',
    expected: { rule: 'configmap-missing', job: 'ai-functions' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          release: 'akko-eu',
          job: 'ai-functions',
          script: 'psql -c "SELECT 1"',
          container: {
            envFrom: [{ configMapRef: { name: 'akko-litellm-env' } }],
          },
        }),
      );
      await context.containerWaits('CreateContainerConfigError');
    },
  },
  {
    name: 'config-without-the-file',
    title: 'The ConfigMap that is mounted lacks the file',
    broken:
      'postgres-data-init mounts the key ensure.sql of a ConfigMap that has init.sql.',
    family: 'kubernetes',
    expected: { rule: 'key-missing', job: 'postgres-data-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        configMap('akko-postgres-data-ensure', { 'init.sql': 'SELECT 1;' }),
        olderJob({
          job: 'postgres-data-init',
          component: false,
          script: 'psql -f /sql/ensure.sql',
          pod: {
            volumes: [
              {
                name: 'sql',
                configMap: {
                  name: 'akko-postgres-data-ensure',
                  items: [{ key: 'ensure.sql', path: 'ensure.sql' }],
                },
              },
            ],
          },
          container: { volumeMounts: [{ name: 'sql', mountPath: '/sql' }] },
        }),
      );
      await context.eventIsThere('FailedMount', { count: 3 });
    },
  },
  {
    name: 'backup-without-its-account',
    title: 'The service account of the backup was removed',
    broken:
      'The CronJob backup-postgres names the service account akko-backup, which does not exist.',
    family: 'kubernetes',
    expected: { rule: 'service-account-missing', job: 'backup-postgres' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderCronJob({
          job: 'backup-postgres',
          script: 'true',
          pod: { serviceAccountName: 'akko-backup' },
        }),
      );
      await context.eventIsThere('FailedCreate', { count: 3 });
    },
  },
];
