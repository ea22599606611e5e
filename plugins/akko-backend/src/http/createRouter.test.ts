import { TestDatabases } from '@backstage/backend-test-utils';
import { ClusterCallError } from '../clusters/ClusterCallError';
import { runIdOf } from '../runs/runId';
import {
  aCatalogue,
  aCronJob,
  aFailedJob,
  aJob,
  aSucceededJob,
  chartLabels,
} from '../testing/kubernetesObjects';
import { Contract } from './__testUtils__/Contract';
import { HttpBench, INSTANCE } from './__testUtils__/HttpBench';

const OPERATIONS = `${INSTANCE}/operations`;
const RERUN = { action: 'rerun', jobs: ['minio-init'] };
const UUID = '00000000-0000-4000-8000-000000000000';

describe('HTTP API', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const contract = new Contract();
  let bench: HttpBench;
  let runId: string;

  beforeEach(async () => {
    bench = await HttpBench.start(databases);
    const { prod, recorder } = bench.operations;
    const job = aFailedJob();
    runId = runIdOf('prod', job.metadata!.uid!);
    prod.set(
      'configmaps',
      aCatalogue({
        jobs: [
          { name: 'minio-init' },
          { name: 'off-init', enabled: false },
          { name: 'other-init' },
        ],
      }),
    );
    prod.set('jobs', job);
    prod.set('cronjobs', aCronJob());
    await recorder.settled();
  });
  afterEach(() => bench.stop());

  const reads = (): [string, string][] => [
    ['/api/akko/clusters', 'ClusterList'],
    ['/api/akko/instances', 'InstanceList'],
    [INSTANCE, 'Instance'],
    [`${INSTANCE}/jobs/minio-init/runs`, 'RunList'],
    [OPERATIONS, 'OperationList'],
    [`${INSTANCE}/upgrades`, 'UpgradeList'],
    [`/api/akko/runs/${runId}`, 'RunDetail'],
    ['/api/akko/findings?group=cause', 'FindingList'],
  ];

  it('answers as the OpenAPI document says, with ETags', async () => {
    for (const [path, schema] of reads()) {
      const response = await bench.get(path).expect(200);
      expect([path, contract.problemsOf(schema, response)]).toEqual([path, []]);
      const { etag } = response.headers;
      expect(etag).toBeDefined();
      await bench.get(path).set('If-None-Match', etag).expect(304);
    }
    expect(new Set(bench.audit.map(([, end]) => end))).toEqual(
      new Set(['success']),
    );
  });

  it('answers 401 not-authenticated to nobody', async () => {
    for (const [path] of reads()) {
      const response = await bench.getAsNobody(path).expect(401);
      expect(response.body.error.code).toBe('not-authenticated');
      expect(contract.problemsOf('ErrorResponse', response)).toEqual([]);
    }
  });

  it('names the permission that is missing', async () => {
    bench.denied.add('akko.instance.read');
    for (const [path] of reads()) {
      const { body } = await bench.get(path).expect(403);
      expect(body.error).toMatchObject({
        code: 'not-allowed',
        permission: 'akko.instance.read',
        message: expect.stringContaining('akko.instance.read'),
      });
    }
    bench.denied.add('akko.log.read').add('akko.job.run');
    for (const [path, permission] of [
      [`/api/akko/runs/${runId}/log`, 'akko.log.read'],
      [`/api/akko/runs/${runId}/manifest`, 'akko.log.read'],
    ]) {
      const { body } = await bench.get(path).expect(403);
      expect(body.error).toMatchObject({ code: 'not-allowed', permission });
    }
    const { body } = await bench.post(OPERATIONS, RERUN).expect(403);
    expect(body.error.permission).toBe('akko.job.run');
    expect(new Set(bench.audit.map(([, end]) => end))).toEqual(
      new Set(['fail']),
    );
  });

  it.each([
    ['/api/akko/instances?cluster=mars', 'unknown-cluster'],
    ['/api/akko/instances/mars/akko/akko', 'unknown-cluster'],
    ['/api/akko/instances/prod/akko/other', 'unknown-instance'],
    ['/api/akko/instances/prod/akko/other/upgrades', 'unknown-instance'],
    [`${INSTANCE}/jobs/none-init/runs`, 'unknown-job'],
    [`/api/akko/runs/${UUID}`, 'unknown-run'],
    ['/api/akko/runs/none/log', 'unknown-run'],
    ['/api/akko/runs/none/manifest', 'unknown-run'],
    [`/api/akko/operations/${UUID}`, 'unknown-operation'],
  ])('answers 404 to %s: %s', async (path, code) => {
    const response = await bench.get(path).expect(404);
    expect(response.body.error.code).toBe(code);
    expect(contract.problemsOf('ErrorResponse', response)).toEqual([]);
  });

  it.each([
    ['/api/akko/instances?limit=0', 'limit'],
    ['/api/akko/instances?limit=201', 'limit'],
    ['/api/akko/instances?limit=1e1', 'limit'],
    ['/api/akko/instances?limit=0x10', 'limit'],
    ['/api/akko/instances?limit=1&limit=2', 'limit'],
    ['/api/akko/instances?health=fine', 'health'],
    ['/api/akko/instances?cursor=x', 'cursor'],
    [`${INSTANCE}/jobs/minio-init/runs?cursor=x`, 'cursor'],
    [`${OPERATIONS}?cursor=x`, 'cursor'],
    [`${INSTANCE}/upgrades?cursor=x`, 'cursor'],
    [`${INSTANCE}/upgrades?limit=201`, 'limit'],
    [`/api/akko/operations/${UUID}?wait=61`, 'wait'],
  ])('answers 400 to %s and names the field', async (path, field) => {
    const { body } = await bench.get(path).expect(400);
    expect(body.error).toMatchObject({
      code: 'invalid-request',
      details: [{ field, message: expect.any(String) }],
    });
  });

  it.each([
    [{}, ['action']],
    [{ action: 'drop' }, ['action']],
    [{ action: 'rerun' }, ['jobs']],
    [{ action: 'rerun', jobs: [] }, ['jobs']],
    [{ action: 'bootstrap', jobs: 'all' }, ['jobs']],
    [{ ...RERUN, reason: 'a\u0000b' }, ['reason']],
    [{ ...RERUN, surprise: 1, another: 2 }, ['surprise', 'another']],
  ])('answers 400 to the body %j and names %j', async (body, fields) => {
    const response = await bench.post(OPERATIONS, body).expect(400);
    expect(response.body.error.code).toBe('invalid-request');
    expect(
      response.body.error.details.map(({ field }: { field: string }) => field),
    ).toEqual(fields);
  });

  it('answers 400 to a body that is no JSON', async () => {
    const response = await bench
      .post(OPERATIONS)
      .type('application/json')
      .send('{"action":' as any)
      .expect(400);
    expect(response.body.error).toMatchObject({
      code: 'invalid-request',
      details: [
        { field: 'body', message: expect.stringContaining('no valid JSON') },
      ],
    });
  });

  it('answers 400 to a body that is too large, and says how large it may be', async () => {
    const response = await bench
      .post(OPERATIONS, { ...RERUN, reason: 'x'.repeat(200_000) })
      .expect(400);
    expect(response.body.error.message).toContain('100kb');
  });

  it('says which header is missing when a body is sent without its type', async () => {
    const response = await bench
      .post(OPERATIONS)
      .type('application/x-www-form-urlencoded')
      .send(JSON.stringify(RERUN) as any)
      .expect(400);
    expect(response.body.error).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining("'Content-Type: application/json'"),
    });
  });

  it.each(['/api/akko/nothing', '/api/akko/runs'])(
    'answers %s, which is no route, in the body of every error',
    async path => {
      const response = await bench.get(path).expect(404);
      expect(response.body.error.code).toBe('unknown-route');
      expect(contract.problemsOf('ErrorResponse', response)).toEqual([]);
    },
  );

  it('takes a request: 202 with the operation and where to find it', async () => {
    const response = await bench.post(OPERATIONS, RERUN).expect(202);
    expect(contract.problemsOf('Operation', response)).toEqual([]);
    expect(response.body).toMatchObject({
      requestedBy: 'user:default/mock',
      via: 'portal',
    });
    const { location } = response.headers;
    expect(location).toBe(`/api/akko/operations/${response.body.id}`);
    const found = await bench.get(location).expect(200);
    expect(contract.problemsOf('Operation', found)).toEqual([]);

    const busy = await bench.post(OPERATIONS, RERUN).expect(409);
    expect(busy.body.error).toMatchObject({
      code: 'already-running',
      operation: response.body.id,
    });
    const { body: instance } = await bench.get(INSTANCE).expect(200);
    expect(instance.activeOperations).toMatchObject([{ id: response.body.id }]);
  });

  it('answers a wait when the operation ends', async () => {
    const { prod } = bench.operations;
    const old = bench.operations.job();
    const { headers } = await bench.post(OPERATIONS, RERUN).expect(202);
    const waiting = bench.get(`${headers.location}?wait=60`).then(r => r.body);
    await bench.operations.replaced(old);
    bench.operations.end();
    let ended: any;
    void waiting.then(body => {
      ended = body;
    });
    await bench.operations.until(() => ended);
    expect(ended).toMatchObject({ state: 'succeeded' });
    expect(prod.mirror.list('jobs')).toHaveLength(1);
  });

  it('answers a dry run with the plan and does nothing', async () => {
    const response = await bench
      .post(OPERATIONS, { ...RERUN, dryRun: true })
      .expect(200);
    expect(contract.problemsOf('OperationPlan', response)).toEqual([]);
    const { body } = await bench.get(OPERATIONS).expect(200);
    expect(body.items).toEqual([]);
  });

  it('answers a repeated Idempotency-Key as before, and 422 for another body', async () => {
    const ask = (body: object) =>
      bench.post(OPERATIONS, body).set('Idempotency-Key', 'key-1');
    const first = await ask(RERUN).expect(202);
    const again = await ask(RERUN).expect(202);
    expect(again.body.id).toBe(first.body.id);
    const other = await ask({ action: 'rerun', jobs: 'all' }).expect(422);
    expect(other.body.error.code).toBe('idempotency-mismatch');
  });

  it.each([
    ['off-init', 422, 'not-runnable'],
    ['other-init', 422, 'not-runnable'],
    ['none-init', 404, 'unknown-job'],
  ])('answers a re-run of %s with %i %s', async (job, status, code) => {
    const { body } = await bench
      .post(OPERATIONS, { action: 'rerun', jobs: [job] })
      .expect(status);
    expect(body.error.code).toBe(code);
  });

  it('answers 422 nothing-to-do when no job failed', async () => {
    bench.operations.prod.set('jobs', aSucceededJob());
    const { body } = await bench
      .post(OPERATIONS, { action: 'rerun', jobs: 'failed' })
      .expect(422);
    expect(body.error.code).toBe('nothing-to-do');
  });

  it('answers 409 job-not-ours for Jobs of another controller', async () => {
    const job = aJob();
    job.spec!.managedBy = 'kueue.x-k8s.io/multikueue';
    bench.operations.prod.set('jobs', job);
    const { body } = await bench.post(OPERATIONS, RERUN).expect(409);
    expect(body.error.code).toBe('job-not-ours');
  });

  it.each(['cluster-unreachable', 'cluster-refused'] as const)(
    'answers 503 %s for what needs a cluster that is out of contact, and 200 for what does not',
    async code => {
      bench.operations.prod.setState({
        reachable: false,
        stale: true,
        error: { code, message: 'no' },
      });
      const { body } = await bench.post(OPERATIONS, RERUN).expect(503);
      expect(body.error).toMatchObject({
        code,
        message: expect.stringContaining("'prod'"),
      });
      for (const [path] of reads()) {
        await bench.get(path).expect(200);
      }
    },
  );

  it.each([
    ['refused', 401, 'cluster-refused'],
    ['refused', 403, 'cluster-refused'],
    ['unreachable', 500, 'cluster-unreachable'],
    ['unreachable', 429, 'cluster-unreachable'],
  ] as const)(
    "shows a cluster's %s %i as 503 %s, never as its own",
    async (kind, upstreamStatus, code) => {
      const { prod, recorder } = bench.operations;
      const job = aJob({ startedAt: '2026-11-01T10:00:01Z' });
      const id = await bench.running(job);
      await recorder.settled();
      prod.client.failNext(
        'podLog',
        new ClusterCallError({
          kind,
          upstreamStatus,
          cluster: 'prod',
          message: 'no',
        }),
      );
      const { body } = await bench.get(`/api/akko/runs/${id}/log`).expect(503);
      expect(body.error).toMatchObject({
        code,
        message: expect.stringContaining("'prod'"),
      });
    },
  );

  it('pages through instances without a gap', async () => {
    for (const release of ['b', 'c', 'd']) {
      bench.operations.prod.set('jobs', aSucceededJob({ release }));
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await bench
        .get(`/api/akko/instances?limit=1${cursor && `&cursor=${cursor}`}`)
        .expect(200);
      seen.push(...body.items.map(({ release }: any) => release));
      expect(body.totals).toBeDefined();
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(seen).toEqual(['akko', 'b', 'c', 'd']);
  });

  it('tells upgrades by Helm newest first, page by page, without what people made', async () => {
    const { prod, recorder } = bench.operations;
    const upgrade = (revision: string, createdAt: string) => {
      for (const name of ['minio-init', 'other-init']) {
        const annotations = { 'akko.io/revision': revision };
        prod.set('jobs', aSucceededJob({ name, createdAt, annotations }));
      }
      return recorder.settled();
    };
    await upgrade('15', '2026-11-03T10:00:00Z');
    await upgrade('16', '2026-11-05T10:00:00Z');
    prod.set(
      'jobs',
      aSucceededJob({
        createdAt: '2026-11-05T11:00:00Z',
        labels: {
          ...chartLabels('akko', 'minio-init'),
          'akko.io/operation': UUID,
        },
      }),
    );
    await recorder.settled();

    const seen: [revision: number, runs: number][] = [];
    let cursor = '';
    do {
      const response = await bench
        .get(`${INSTANCE}/upgrades?limit=1${cursor && `&cursor=${cursor}`}`)
        .expect(200);
      expect(contract.problemsOf('UpgradeList', response)).toEqual([]);
      const { items, nextCursor = '' } = response.body;
      seen.push(...items.map((it: any) => [it.revision, it.runs.length]));
      cursor = nextCursor;
    } while (cursor);
    expect(seen).toEqual([
      [16, 2],
      [15, 2],
      [14, 1],
    ]);
  });
});
