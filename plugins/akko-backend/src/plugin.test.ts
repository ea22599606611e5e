import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  createBackendModule,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import type { Instance, JobRule } from '@akko/backstage-plugin-akko-common';
import { akkoDiagnosisExtensionPoint } from '@akko/backstage-plugin-akko-node';
import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import {
  FailedInstance,
  INSTANCE,
} from './acceptance/__testUtils__/FailedInstance';
import { eventually } from './acceptance/__testUtils__/eventually';
import { akkoPlugin } from './plugin';

function start(akko: JsonObject, ...modules: BackendFeature[]) {
  return startTestBackend({
    features: [
      ...modules,
      akkoPlugin,
      mockServices.rootConfig.factory({ data: { akko } }),
    ],
  });
}

function minioInit({ jobs }: Partial<Instance>) {
  return jobs?.find(({ name }) => name === 'minio-init');
}

describe('akkoPlugin', () => {
  it('sees a job fail on a cluster, runs it again when asked, and sees it succeed', async () => {
    const instance = await FailedInstance.start();
    const { caCertificate: caData, token, url } = instance.cluster;
    const backend = await start({
      clusters: [{ name: 'prod', url, caData: caData!, token }],
    });
    try {
      await eventually(
        'the failure is seen',
        () => request(backend.server).get(INSTANCE),
        ({ body }) => minioInit(body)?.state === 'failed',
      );
      const { body, headers } = await request(backend.server)
        .post(`${INSTANCE}/operations`)
        .send({ action: 'rerun', jobs: 'failed' })
        .expect(202);
      expect(body.steps).toMatchObject([{ job: 'minio-init' }]);
      const ended = await request(backend.server)
        .get(`${headers.location}?wait=60`)
        .expect(200);
      expect(ended.body).toMatchObject({ state: 'succeeded' });
      const now = await request(backend.server).get(INSTANCE).expect(200);
      expect(now.body.activeOperations).toEqual([]);
      expect(minioInit(now.body)).toMatchObject({
        state: 'succeeded',
        lastRun: { trigger: { type: 'portal' } },
      });
    } finally {
      await backend.stop();
      await instance.stop();
    }
  }, 60_000);

  it('takes rules of other modules, and asks them before its own', async () => {
    const instance = await FailedInstance.start();
    const { caCertificate: caData, token, url } = instance.cluster;
    const house: JobRule = {
      kind: 'job',
      id: 'house-rule',
      find: job => ({
        title: `The house knows why ${job.name} fails`,
        cause: 'It is Monday.',
        steps: [],
        evidence: [],
      }),
    };
    const backend = await start(
      { clusters: [{ name: 'prod', url, caData: caData!, token }] },
      createBackendModule({
        pluginId: 'akko',
        moduleId: 'house-rules',
        register: env =>
          env.registerInit({
            deps: { diagnosis: akkoDiagnosisExtensionPoint },
            init: async ({ diagnosis }) => diagnosis.addRule(house),
          }),
      }),
    );
    try {
      const { body } = await eventually(
        'the finding is there',
        () => request(backend.server).get(INSTANCE),
        response => response.body.findings?.length > 0,
      );
      expect(body.findings[0]).toMatchObject({
        rule: 'house-rule',
        title: 'The house knows why minio-init fails',
      });
    } finally {
      await backend.stop();
      await instance.stop();
    }
  }, 60_000);

  it.each([
    [{ clusters: [{ name: 'prod' }] }, 'akko.clusters[0]'],
    [
      { clusters: [{ name: 'prod', url: 'https://k8s', colour: 'red' }] },
      'colour',
    ],
    [
      {
        clusters: [
          { name: 'prod', inCluster: true },
          { name: 'prod', inCluster: true },
        ],
      },
      'akko.clusters[1].name',
    ],
  ])('does not start with %j, and names %s', async (akko, key) => {
    await expect(start(akko)).rejects.toThrow(key);
  });
});
