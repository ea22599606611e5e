import { installChart } from '../installChart';
import { NODE_IMAGE, olderCronJob, olderJob } from '../objects';
import { REGISTRY_PORT, registryError, startRegistry } from '../registry';
import type { CaptureCase } from '../types';

export const images: CaptureCase[] = [
  {
    name: 'chart-of-a-moved-repository',
    title: 'The repository of the image was moved',
    broken:
      'akko-init is installed with an image repository that the registry does not know (404 NAME_UNKNOWN).',
    family: 'kubernetes',
    expected: { rule: 'image-not-found', job: 'postgres-init' },
    chart: 'akko-init',
    async run(context) {
      await startRegistry(context, 'registry.example.com', response =>
        registryError(
          response,
          404,
          'NAME_UNKNOWN',
          'repository name not known to registry',
        ),
      );
      await installChart(context, {
        on: ['postgres'],
        plain: true,
        global: { imageRegistry: 'registry.example.com/platform' },
        values: { image: { repository: 'akko/akko-init', tag: '1.0.0' } },
      });
      await context.containerWaits('ImagePullBackOff');
    },
  },
  {
    name: 'login-for-another-project',
    title: 'The registry refuses the login that the pod has',
    broken:
      'The token service of the registry answers 403 for the project; the imagePullSecret that the pod names is not there either.',
    family: 'kubernetes',
    expected: { rule: 'image-unauthorised', job: 'backup-minio' },
    chart: 'older',
    async run(context) {
      await startRegistry(context, 'quay.example.com', (response, path) =>
        path.startsWith('/token?')
          ? registryError(
              response,
              403,
              'DENIED',
              'requested access to the resource is denied',
            )
          : registryError(
              response,
              401,
              'UNAUTHORIZED',
              'authentication required',
              {
                'www-authenticate': `Bearer realm="http://127.0.0.1:${REGISTRY_PORT}/token?ns=quay.example.com",service="registry",scope="repository:akko/akko-init:pull"`,
              },
            ),
      );
      await context.create(
        olderCronJob({
          release: 'akko-eu',
          job: 'backup-minio',
          image: 'quay.example.com/akko/akko-init:2026.04',
          script: 'mc mirror akko /backups',
          pod: { imagePullSecrets: [{ name: 'harbor-login' }] },
        }),
      );
      await context.containerWaits('ImagePullBackOff');
    },
  },
  {
    name: 'sidecar-image-out-of-reach',
    title: 'The image of the init container cannot be pulled',
    broken:
      'The image of the init container of superset-bootstrap is in registry.internal.example.com, which the node cannot reach.',
    family: 'kubernetes',
    expected: {
      rule: 'image-registry-unreachable',
      job: 'superset-bootstrap',
    },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          release: 'lake',
          component: false,
          job: 'superset-bootstrap',
          script: 'true',
          pod: {
            initContainers: [
              {
                name: 'wait-for-superset',
                image: 'registry.internal.example.com/tools/wait-for:1.4.0',
              },
            ],
          },
        }),
      );
      await context.containerWaits('ImagePullBackOff');
    },
  },
  {
    name: 'chart-with-policy-never',
    title: 'The chart may not pull, and its image was not loaded',
    broken:
      'akko-init is installed with image.pullPolicy Never and a tag that was not loaded onto the node.',
    family: 'kubernetes',
    expected: { rule: 'image-never-pulled', job: 'minio-init' },
    chart: 'akko-init',
    async run(context) {
      await installChart(context, {
        on: ['minio'],
        plain: true,
        values: { image: { tag: '1.0.1', pullPolicy: 'Never' } },
      });
      await context.containerWaits('ErrImageNeverPull');
    },
  },
  {
    name: 'tag-and-tag-again',
    title: 'The image has two tags',
    broken: 'The image of the backup is written …/akko-init:2026.04:fips.',
    family: 'kubernetes',
    expected: { rule: 'image-name-invalid', job: 'backup-postgres' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderCronJob({
          job: 'backup-postgres',
          image: 'registry.example.com/akko/akko-init:2026.04:fips',
          script: 'true',
        }),
      );
      await context.containerWaits('InvalidImageName');
    },
  },
  {
    name: 'hub-limit-of-an-init-container',
    title: 'The registry limits pulls of the init container',
    broken:
      'The init container of polaris-init is pulled from a registry that answers 429; the job itself has its image.',
    family: 'kubernetes',
    expected: { rule: 'image-rate-limited', job: 'polaris-init' },
    chart: 'older',
    async run(context) {
      await startRegistry(context, 'hub.example.com', response =>
        registryError(
          response,
          429,
          'TOOMANYREQUESTS',
          'Too Many Requests (HAP429).',
        ),
      );
      await context.create(
        olderJob({
          job: 'polaris-init',
          image: NODE_IMAGE,
          script: 'true',
          pod: {
            initContainers: [
              {
                name: 'wait-for-db',
                image: 'hub.example.com/library/busybox:1.36',
              },
            ],
          },
        }),
      );
      await context.containerWaits('ImagePullBackOff');
    },
  },
];
