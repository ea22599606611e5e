import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Instance } from '@akko/backstage-plugin-akko-common';
import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import {
  FailedInstance,
  INSTANCE,
} from './acceptance/__testUtils__/FailedInstance';
import { eventually } from './acceptance/__testUtils__/eventually';
import { akkoPlugin } from './plugin';

function start(akko: JsonObject) {
  return startTestBackend({
    features: [akkoPlugin, mockServices.rootConfig.factory({ data: { akko } })],
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
