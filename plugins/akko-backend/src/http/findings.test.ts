import { TestDatabases } from '@backstage/backend-test-utils';
import type { FindingList } from '@akko/backstage-plugin-akko-common';
import { runIdOf } from '../runs/runId';
import { aFailedJob, aPod, terminated } from '../testing/kubernetesObjects';
import { Contract } from './__testUtils__/Contract';
import { HttpBench, INSTANCE } from './__testUtils__/HttpBench';

const REFUSED =
  'connection to server at "akko-postgresql", port 5432 failed: Connection refused';

describe('findings in the API', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const contract = new Contract();
  let bench: HttpBench;

  beforeEach(async () => {
    bench = await HttpBench.start(databases);
    await bench.operations.fleet.start();
  });
  afterEach(() => bench.stop());

  /** Fails postgres-init of a release, with a log. @returns its run id */
  async function failing(release: string, log: string): Promise<string> {
    const { prod } = bench.operations;
    const job = aFailedJob({ name: 'postgres-init', release });
    prod.client.setLog('akko', `${release}-postgres-init-abcde`, log);
    prod.set('pods', aPod(job, { state: terminated(1) }));
    prod.set('jobs', job);
    const path = `/api/akko/findings`;
    await bench.operations.until(
      async () => (await bench.get(path)).body as FindingList,
      ({ items }) =>
        items.some(
          ({ instance, evidence }) =>
            instance === `prod/akko/${release}` && evidence[0]?.kind === 'log',
        ),
    );
    return runIdOf('prod', job.metadata!.uid!);
  }
  const list = async (query = '') => {
    const response = await bench.get(`/api/akko/findings${query}`).expect(200);
    expect(contract.problemsOf('FindingList', response)).toEqual([]);
    return response.body as FindingList;
  };

  it('are on the instance, on its run and over the fleet, by the same id', async () => {
    const run = await failing('akko', REFUSED);
    const { items } = await list();
    const { body: instance } = await bench.get(INSTANCE).expect(200);
    const { body: detail } = await bench.get(`/api/akko/runs/${run}`);
    expect(items).toMatchObject([{ instance: 'prod/akko/akko', run }]);
    expect(instance.topFinding.id).toBe(items[0].id);
    expect(instance.findings[0].id).toBe(items[0].id);
    expect(detail.findings).toMatchObject([{ id: items[0].id }]);
  });

  it('are grouped by their cause, those of most instances first', async () => {
    await failing('other', 'ERROR:  extension "vector" is not available');
    await failing('akko', REFUSED);
    await failing('lab', REFUSED);
    const { groups } = await list('?group=cause');
    expect(
      groups!.map(({ rule, instances }) => [rule, [...instances].sort()]),
    ).toEqual([
      ['target-refused', ['prod/akko/akko', 'prod/akko/lab']],
      ['extension-not-available', ['prod/akko/other']],
    ]);
    expect((await list()).groups).toBeUndefined();
  });

  it('are chosen by rule and severity, page by page', async () => {
    await failing('akko', REFUSED);
    await failing('lab', REFUSED);
    expect((await list('?rule=disk-full')).items).toEqual([]);
    expect((await list('?severity=warning')).items).toEqual([]);
    const first = await list('?rule=target-refused&limit=1');
    const second = await list(
      `?rule=target-refused&limit=1&cursor=${first.nextCursor}`,
    );
    expect(
      [...first.items, ...second.items].map(({ instance }) => instance).sort(),
    ).toEqual(['prod/akko/akko', 'prod/akko/lab']);
    expect(second.nextCursor).toBeUndefined();
  });

  it.each([
    ['?severity=terrible', 400, 'invalid-request'],
    ['?group=colour', 400, 'invalid-request'],
    ['?cluster=nowhere', 404, 'unknown-cluster'],
  ])('refuse %s with %d', async (query, status, code) => {
    const response = await bench.get(`/api/akko/findings${query}`);
    expect([response.status, response.body.error.code]).toEqual([status, code]);
  });
});
