import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { TestDatabases } from '@backstage/backend-test-utils';
import { parse } from 'yaml';
import {
  aFailedJob,
  aJob,
  aPod,
  terminated,
} from '../testing/kubernetesObjects';
import { runIdOf } from '../runs/runId';
import { HttpBench } from './__testUtils__/HttpBench';

const POD = 'akko-minio-init-abcde';
const SECRET = 'correct-horse-battery';
const ENV = [{ name: 'MINIO_PASSWORD', value: SECRET }];

describe('logs and manifests of runs', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let bench: HttpBench;

  beforeEach(async () => {
    bench = await HttpBench.start(databases);
  });
  afterEach(() => bench.stop());

  const runningJob = () =>
    aJob({ startedAt: '2026-11-01T10:00:01Z', env: ENV });

  it('come from the pod while it runs, secrets masked', async () => {
    bench.operations.prod.client.setLog(
      'akko',
      POD,
      `uses ${SECRET}\nsecond\n`,
    );
    const id = await bench.running(runningJob());
    const response = await bench.get(`/api/akko/runs/${id}/log`).expect(200);
    expect(response.headers).toMatchObject({
      'x-akko-log-source': 'pod',
      'content-type': expect.stringContaining('text/plain'),
    });
    expect(response.text).toContain('second');
    expect(response.text).not.toContain(SECRET);
  });

  it('come from the archive when the Job is gone', async () => {
    const { prod, recorder } = bench.operations;
    const job = aFailedJob();
    prod.client.setLog('akko', POD, 'first\nsecond\n');
    prod.set('pods', aPod(job, { state: terminated(1) }));
    prod.set('jobs', job);
    await recorder.settled();
    prod.remove('pods', 'akko', POD);
    prod.remove('jobs', 'akko', 'akko-minio-init');
    await recorder.settled();

    const path = `/api/akko/runs/${runIdOf('prod', job.metadata!.uid!)}/log`;
    const response = await bench.get(path).expect(200);
    expect(response.headers['x-akko-log-source']).toBe('archive');
    expect(response.text).toBe('first\nsecond\n');
    const tail = await bench.get(`${path}?tail=1`).expect(200);
    expect(tail.text).toBe('second\n');
    const followed = await bench.get(`${path}?follow=true`).expect(200);
    expect(followed.text).toBe('first\nsecond\n');
    const { body } = await bench.get(`${path}?attempt=2`).expect(400);
    expect(body.error.details).toMatchObject([{ field: 'attempt' }]);
  });

  it('have a manifest whose secrets are masked', async () => {
    const id = await bench.running(runningJob());
    const { headers, text } = await bench
      .get(`/api/akko/runs/${id}/manifest`)
      .expect(200);
    expect(headers['content-type']).toContain('yaml');
    expect(parse(text).metadata.name).toBe('akko-minio-init');
    expect(text).not.toContain(SECRET);
  });

  describe('when followed', () => {
    let server: Server;
    let log: PassThrough;

    beforeEach(async () => {
      log = new PassThrough();
      bench.operations.prod.client.podLog = async (_, __, options) => {
        options!.signal!.addEventListener('abort', () =>
          log.destroy(new Error('aborted')),
        );
        return log;
      };
      server = createServer(bench.app).listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    afterEach(async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });

    const follow = async (signal?: AbortSignal) => {
      const id = await bench.running(runningJob());
      const { port } = server.address() as AddressInfo;
      const response = await fetch(
        `http://127.0.0.1:${port}/api/akko/runs/${id}/log?follow=true`,
        { headers: { Authorization: 'Bearer mock-user-token' }, signal },
      );
      expect(response.headers.get('x-akko-log-source')).toBe('pod');
      return response.body!.pipeThrough(new TextDecoderStream()).getReader();
    };

    it('arrive line by line until the container ends, secrets masked', async () => {
      const reader = await follow();
      log.write('first\n');
      await expect(reader.read()).resolves.toMatchObject({ value: 'first\n' });
      log.write(`uses ${SECRET}\n`);
      const { value } = await reader.read();
      expect(value).toContain('uses ');
      expect(value).not.toContain(SECRET);
      log.end();
      await expect(reader.read()).resolves.toMatchObject({ done: true });
      expect(bench.audit).toContainEqual(['log-fetch', 'success']);
    });

    it('break off when the cluster breaks off, and the portal lives on', async () => {
      const reader = await follow();
      log.write('first\n');
      await reader.read();
      log.destroy(new Error('the connection was reset'));
      await expect(reader.read()).rejects.toThrow('terminated');
      await bench.get('/api/akko/clusters').expect(200);
    });

    it('are let go of when the reader goes away', async () => {
      const leaving = new AbortController();
      const reader = await follow(leaving.signal);
      log.write('first\n');
      await reader.read();
      leaving.abort();
      log.write('second\n');
      await bench.operations.until(() => log.destroyed);
      await bench.operations.until(() => bench.audit.length > 0);
      expect(bench.audit).toEqual([['log-fetch', 'success']]);
    });
  });
});
