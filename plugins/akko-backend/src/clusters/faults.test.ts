import { follow, type FleetProbe } from './__testUtils__/FleetProbe';
import { until } from './__testUtils__/ManualClock';
import {
  errorEvent,
  job,
  reset,
  ScriptedApiServer,
  sends,
  status,
  type Fault,
} from './__testUtils__/ScriptedApiServer';

// Long enough for a machine that is busy; nothing here waits for time to pass.
jest.setTimeout(30_000);

const JOBS = '/apis/batch/v1/jobs$';

describe('the fleet after a fault of the API server', () => {
  let server: ScriptedApiServer;
  let probe: FleetProbe;

  beforeEach(async () => {
    server = new ScriptedApiServer();
    await server.start();
    server.put('jobs', job('minio-init'));
  });

  afterEach(async () => {
    await probe.stop();
    await server.stop();
  });

  it.each<[string, Fault]>([
    [
      '429 with Retry-After',
      status(429, 'TooManyRequests', { 'retry-after': '7' }),
    ],
    ['429 without', status(429, 'TooManyRequests')],
    ['500', status(500, 'InternalError')],
    ['503', status(503, 'ServiceUnavailable')],
    ['HTML of a proxy', (_, response) => response.writeHead(502).end('<html>')],
    ['reset', reset],
    ['a 500 as event', errorEvent(500, 'InternalError')],
    ['an event that is cut', sends('{"type":"ADDED","obj', 'cut')],
    ['an event that is not JSON', sends('}\n')],
    ['a watch that is closed at once', sends('')],
  ])(
    'misses and doubles no end of a Job after %s on watch',
    async (_, fault) => {
      probe = await follow(server);
      await probe.fresh();
      server.fail(new RegExp(`WATCH ${JOBS}`), fault, 3);
      server.cutWatches();
      server.put('jobs', job('minio-init', 'Complete'));
      await probe.stale();
      expect(probe.cluster().mirror.list('jobs')).toHaveLength(1);
      await probe.after(() => probe.ends('minio-init') > 0);
      await probe.recovered();
      expect(probe.told('minio-init')).toEqual(['added', 'modified']);
      expect(probe.ends('minio-init')).toBe(1);
      expect(probe.state()).toMatchObject({ reachable: true, stale: false });
      expect(probe.state().error).toBeUndefined();
      expect(probe.synced).toBe(1);
    },
  );

  it.each<[string, Fault]>([
    ['429', status(429, 'TooManyRequests', { 'retry-after': '3' })],
    ['500', status(500, 'InternalError')],
    ['503', status(503, 'ServiceUnavailable')],
    ['reset', reset],
  ])(
    'misses and doubles no end of a Job after %s on list',
    async (_, fault) => {
      probe = await follow(server);
      await probe.fresh();
      server.fail(new RegExp(`GET ${JOBS}`), fault, 3);
      server.put('jobs', job('polaris-init'));
      await probe.after(() => probe.told('polaris-init').length > 0);
      server.silenceWatches();
      server.put('jobs', job('minio-init', 'Failed'));
      server.delete('jobs', job('polaris-init', 'Complete'));
      server.compact();
      server.cutWatches();
      await until(() => probe.state().error !== undefined);
      expect(probe.state().stale).toBe(true);
      await probe.recovered();
      expect(probe.ends('minio-init')).toBe(1);
      expect(probe.told('minio-init')).toEqual(['added', 'modified']);
      expect(probe.told('polaris-init')).toEqual(['added', 'deleted']);
      expect(probe.synced).toBeGreaterThan(1);
    },
  );

  it.each<[string, () => void]>([
    ['as status', () => server.compact()],
    [
      'as event',
      () =>
        server.fail(new RegExp(`WATCH ${JOBS}`), errorEvent(410, 'Expired'), 1),
    ],
  ])('lists again after 410 %s, and is stale meanwhile', async (_, expire) => {
    probe = await follow(server);
    await probe.fresh();
    probe.states.length = 0;
    server.silenceWatches();
    server.put('jobs', job('minio-init', 'Complete'));
    expire();
    server.cutWatches();
    await probe.after(() => probe.ends('minio-init') > 0);
    await probe.recovered();
    expect(probe.states.some(({ stale: was }) => was)).toBe(true);
    expect(probe.ends('minio-init')).toBe(1);
    expect(probe.changes.at(-1)).toMatchObject({
      type: 'modified',
      replayed: true,
    });
  });

  it('does not list in a tight loop while the server says 410 to everything', async () => {
    probe = await follow(server);
    await probe.fresh();
    server.fail(new RegExp(`WATCH ${JOBS}`), status(410, 'Expired'));
    server.cutWatches();
    await probe.after(() => probe.state().error !== undefined);
    const lists = () =>
      server.requests.filter(line => line.startsWith('GET /apis/batch/v1/jobs'))
        .length;
    const before = lists();
    for (let turn = 0; turn < 200; turn += 1) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(lists()).toBe(before);
  });

  it('reads long lists in pages', async () => {
    for (let index = 0; index < 1_200; index += 1) {
      server.put('jobs', job(`job-${index}`));
    }
    probe = await follow(server);
    await probe.fresh();
    expect(probe.cluster().mirror.list('jobs')).toHaveLength(1_201);
    expect(
      server.requests.filter(line =>
        line.startsWith('GET /apis/batch/v1/jobs'),
      ),
    ).toHaveLength(3);
  });

  it('lists again when the versions of the server went back, as after a restored backup', async () => {
    probe = await follow(server);
    await probe.fresh();
    server.put('jobs', job('polaris-init'));
    await until(() => probe.told('polaris-init').length === 1);
    server.rewind();
    server.put('jobs', job('minio-init', 'Complete'));
    await until(() => probe.ends('minio-init') === 1);
    await probe.recovered();
    expect(probe.synced).toBe(2);
  });
});
