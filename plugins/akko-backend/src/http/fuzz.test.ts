import fc from 'fast-check';
import { testDatabases } from '../database/testing/testDatabases';
import { aCatalogue, aCronJob, aFailedJob } from '../testing/kubernetesObjects';
import { HttpBench, INSTANCE } from './__testUtils__/HttpBench';

const BACKUP = `${INSTANCE}/backups/backup-postgres`;
const UUID = '00000000-0000-4000-8000-000000000000';
/** Any text, with what databases and parsers stumble over. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\0', '%', '..', "'", '\ud800', '__proto__', '💥', ' '),
);
const ROUTES = [
  (a: string) => `/api/akko/runs/${a}`,
  (a: string) => `/api/akko/runs/${a}/log`,
  (a: string) => `/api/akko/runs/${a}/manifest`,
  (a: string) => `/api/akko/operations/${a}`,
  (a: string) => `/api/akko/instances/${a}/akko/akko`,
  (a: string) => `/api/akko/instances/prod/${a}/akko`,
  (a: string) => `/api/akko/instances/prod/akko/${a}x/operations`,
  (a: string) => `${INSTANCE}/jobs/${a}/runs`,
  (a: string) => `/api/akko/instances?cursor=${a}`,
  (a: string) => `/api/akko/instances?health=${a}x`,
  (a: string) => `/api/akko/instances?limit=${a}x`,
  (a: string) => `${INSTANCE}/operations?cursor=${a}`,
  (a: string) => `${INSTANCE}/jobs/minio-init/runs?cursor=${a}`,
  (a: string) => `/api/akko/instances/prod/akko/${a}x/upgrades`,
  (a: string) => `${INSTANCE}/upgrades?cursor=${a}`,
  (a: string) => `${INSTANCE}/upgrades?limit=${a}x`,
  (a: string) => `/api/akko/operations/${UUID}?wait=${a}x`,
  (a: string) => `/api/akko/backups?cursor=${a}`,
  (a: string) => `/api/akko/backups?freshness=${a}x`,
  (a: string) => `${INSTANCE}/backups/${a}x/entries`,
  (a: string) => `${BACKUP}/entries?cursor=${a}`,
  (a: string) => `${BACKUP}/entries?level=${a}x`,
  (a: string) => `${BACKUP}/entries?format=${a}x`,
  (a: string) => `${BACKUP}/calendar?from=${a}x`,
  (a: string) => `${BACKUP}/calendar?timeZone=${a}/x`,
  (a: string) => `${BACKUP}/chart?to=${a}x`,
];

describe.each(testDatabases())('HTTP API on $name', ({ create }) => {
  let bench: HttpBench;

  beforeAll(async () => {
    bench = await HttpBench.start({
      init: async () => (await create()).getClient(),
    });
    const { prod, recorder } = bench.operations;
    prod.set('configmaps', aCatalogue({ jobs: [{ name: 'minio-init' }] }));
    prod.set('jobs', aFailedJob());
    prod.set('cronjobs', aCronJob());
    await recorder.settled();
  });
  afterAll(() => bench.stop());

  it('answers 4xx to paths and parameters that mean nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ROUTES),
        text.filter(value => value !== '' && value !== '.' && value !== '..'),
        async (route, value) => {
          const { status } = await bench.get(
            route(encodeURIComponent(Buffer.from(value).toString())),
          );
          expect(status).toBeGreaterThanOrEqual(400);
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('answers 4xx to paths that are no UTF-8', async () => {
    for (const route of ROUTES) {
      const { status } = await bench.get(route('%ff%'));
      expect([route(''), status]).toEqual([route(''), expect.any(Number)]);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
  });

  it('answers 4xx to bodies that are no request', async () => {
    const body = fc.oneof(
      text,
      fc.json(),
      fc
        .record(
          {
            action: fc.oneof(
              text,
              fc.constantFrom('bootstrap', 'rerun', 'backup', 'suspend'),
            ),
            jobs: fc.oneof(
              fc.array(text.map(value => `${value}?`)),
              fc.jsonValue(),
            ),
            reason: fc.oneof(text, fc.jsonValue()),
            extra: fc.constant(1),
          },
          { requiredKeys: ['extra'] },
        )
        .map(value => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(
        body,
        fc.constantFrom('application/json', 'text/plain'),
        async (sent, type) => {
          const { status } = await bench
            .post(`${INSTANCE}/operations`)
            .type(type)
            .send(sent as any);
          expect(status).toBeGreaterThanOrEqual(400);
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('stores what a person may write', async () => {
    const { body, status } = await bench.post(`${INSTANCE}/operations`, {
      action: 'rerun',
      jobs: ['minio-init'],
      reason: 'naïve 💥 \u0001 \ud800',
    });
    expect([status, body.error]).toEqual([202, undefined]);
  });
});
