import { olderJob } from '../objects';
import { REGISTRY_PORT, registryError, startRegistry } from '../registry';
import type { CaptureCase } from '../types';

/** Images that cannot be had. */
export const images: CaptureCase[] = [
  {
    name: 'minio-tag-of-next-month',
    title: 'The Job names a tag that the registry does not have',
    broken:
      'The image of minio-init has the tag 2026.13; the registry answers 404 MANIFEST_UNKNOWN.',
    family: 'kubernetes',
    expected: { rule: 'image-not-found', job: 'minio-init' },
    chart: 'older',
    async run(context) {
      await startRegistry(context, 'harbor.example.com', response =>
        registryError(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown'),
      );
      await context.create(
        olderJob({
          job: 'minio-init',
          image: 'harbor.example.com/akko/akko-init:2026.13',
          script: 'mc --version',
        }),
      );
      await context.containerWaits('ImagePullBackOff');
    },
  },
  {
    name: 'polaris-private-registry',
    title: 'The registry wants a login, and the pod has none',
    broken:
      'The image of polaris-init is private: the registry sends the puller to its token service, which answers 401. No imagePullSecrets are set.',
    family: 'kubernetes',
    expected: { rule: 'image-unauthorised', job: 'polaris-init' },
    chart: 'older',
    async run(context) {
      await startRegistry(context, 'private.example.com', (response, path) =>
        path.startsWith('/token?')
          ? registryError(
              response,
              401,
              'UNAUTHORIZED',
              'authentication required',
            )
          : registryError(
              response,
              401,
              'UNAUTHORIZED',
              'authentication required',
              {
                'www-authenticate': `Bearer realm="http://127.0.0.1:${REGISTRY_PORT}/token?ns=private.example.com",service="registry",scope="repository:akko/akko-init:pull"`,
              },
            ),
      );
      await context.create(
        olderJob({
          job: 'polaris-init',
          image: 'private.example.com/akko/akko-init:2026.04',
          script: 'curl --version',
        }),
      );
      await context.containerWaits('ImagePullBackOff');
    },
  },
  {
    name: 'registry-does-not-answer',
    title: 'The registry refuses connections',
    broken:
      'The image of keycloak-clients is in registry.example.com, which the node cannot reach.',
    family: 'kubernetes',
    expected: { rule: 'image-registry-unreachable', job: 'keycloak-clients' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'keycloak-clients',
          image: 'registry.example.com/akko/akko-init:2026.04',
          script: 'curl --version',
        }),
      );
      await context.containerWaits('ImagePullBackOff');
    },
  },
  {
    name: 'air-gapped-node-without-image',
    title: 'The image is not on the node, and nothing may be pulled',
    broken:
      'postgres-init has imagePullPolicy Never and an image that was not loaded onto the node.',
    family: 'kubernetes',
    expected: { rule: 'image-never-pulled', job: 'postgres-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'postgres-init',
          image: 'akko/akko-init:2026.04-airgap',
          script: 'psql --version',
          container: { imagePullPolicy: 'Never' },
        }),
      );
      await context.containerWaits('ErrImageNeverPull');
    },
  },
  {
    name: 'image-with-capital-letters',
    title: 'The name of the image is none',
    broken:
      'The image of superset-bootstrap is written with capital letters, which a repository cannot have.',
    family: 'kubernetes',
    expected: { rule: 'image-name-invalid', job: 'superset-bootstrap' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'superset-bootstrap',
          image: 'registry.example.com/AKKO/akko-init:2026.04',
          script: 'curl --version',
        }),
      );
      await context.containerWaits('InvalidImageName');
    },
  },
  {
    name: 'too-many-pulls',
    title: 'The registry limits how often it is pulled from',
    broken:
      'The image of ai-functions is pulled from a registry that answers 429 TOOMANYREQUESTS.',
    family: 'kubernetes',
    expected: { rule: 'image-rate-limited', job: 'ai-functions' },
    chart: 'older',
    async run(context) {
      await startRegistry(context, 'mirror.example.com', response =>
        registryError(
          response,
          429,
          'TOOMANYREQUESTS',
          'You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
        ),
      );
      await context.create(
        olderJob({
          job: 'ai-functions',
          image: 'mirror.example.com/akko/akko-init:2026.04',
          script: 'psql --version',
        }),
      );
      await context.containerWaits('ImagePullBackOff');
    },
  },
];
