import { follow, type FleetProbe } from './__testUtils__/FleetProbe';
import { until } from './__testUtils__/ManualClock';
import {
  hang,
  job,
  ScriptedApiServer,
} from './__testUtils__/ScriptedApiServer';

// Long enough for a machine that is busy; nothing here waits for time to pass.
jest.setTimeout(30_000);

/** Watches of one cluster. */
const KINDS = 5;

describe('the fleet while the API server is silent or gone', () => {
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

  it('notices a silent connection and goes on where it was', async () => {
    probe = await follow(server);
    await probe.fresh();
    server.silenceWatches();
    server.put('jobs', job('minio-init', 'Complete'));
    probe.clock.advance(89_000);
    expect(probe.ends('minio-init')).toBe(0);
    probe.clock.advance(1_000);
    await until(() => probe.ends('minio-init') > 0);
    expect(probe.told('minio-init')).toEqual(['added', 'modified']);
    expect(probe.synced).toBe(1);
  });

  it('keeps a quiet watch open while bookmarks come, and resumes at the last one', async () => {
    probe = await follow(server);
    await probe.fresh();
    const contactAt = (time: number) =>
      until(() => Date.parse(probe.state().lastContactAt!) === time);
    const before = server.requests.length;
    for (let minute = 0; minute < 5; minute += 1) {
      probe.clock.advance(60_000);
      server.bookmark();
      await contactAt(probe.clock.now());
    }
    expect(server.requests).toHaveLength(before);
  });

  it('is stale while the server takes requests and answers none', async () => {
    probe = await follow(server);
    await probe.fresh();
    server.fail(/./, hang);
    server.silenceWatches();
    probe.clock.advance(90_000);
    await until(
      () => server.requests.filter(line => /WATCH/.test(line)).length > KINDS,
    );
    probe.clock.advance(30_000);
    await until(() => !probe.state().reachable);
    expect(probe.state()).toMatchObject({
      stale: true,
      staleSince: expect.any(String),
      error: {
        code: 'cluster-unreachable',
        message: expect.stringContaining('no answer within 30 s'),
      },
    });
    server.put('jobs', job('minio-init', 'Complete'));
    server.recover();
    await probe.recovered();
    await until(() => probe.ends('minio-init') === 1);
  });

  it('goes on after a restart of the server, and serves the copy meanwhile', async () => {
    probe = await follow(server);
    await probe.fresh();
    await server.stop();
    await until(() => !probe.state().reachable);
    expect(probe.state()).toMatchObject({ stale: true, version: 'v1.35.4' });
    expect(
      probe.cluster().mirror.get('jobs', 'akko', 'minio-init'),
    ).toBeDefined();
    await expect(
      probe.cluster().client.getJob('akko', 'x'),
    ).rejects.toMatchObject({
      name: 'ClusterCallError',
      kind: 'unreachable',
      cluster: 'prod-eu',
    });
    for (let minute = 0; minute < 10; minute += 1) {
      probe.clock.advance(60_000);
      await new Promise(resolve => setImmediate(resolve));
    }
    server.put('jobs', job('minio-init', 'Complete'));
    await server.start();
    await probe.recovered();
    await until(() => probe.ends('minio-init') === 1);
    expect(probe.state().staleSince).toBeUndefined();
  });

  it('waits for a server that is not there yet', async () => {
    await server.stop();
    probe = await follow(server);
    await until(() => probe.state().error !== undefined);
    expect(probe.cluster().mirror.synced).toBe(false);
    expect(probe.state()).toMatchObject({ reachable: false, stale: true });
    await server.start();
    await probe.recovered();
    expect(probe.cluster().mirror.synced).toBe(true);
    expect(probe.changes).toMatchObject([{ type: 'added', replayed: true }]);
  });
});
