import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { follow, type FleetProbe } from './__testUtils__/FleetProbe';
import { until } from './__testUtils__/ManualClock';
import {
  job,
  ScriptedApiServer,
  status,
} from './__testUtils__/ScriptedApiServer';

// Long enough for a machine that is busy; nothing here waits for time to pass.
jest.setTimeout(30_000);

const JOBS = '/apis/batch/v1/jobs$';
/** Watches of one cluster. */
const KINDS = 5;

describe('the fleet that an API server refuses', () => {
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

  it('honours Retry-After', async () => {
    probe = await follow(server);
    await probe.fresh();
    server.fail(
      new RegExp(`WATCH ${JOBS}`),
      status(429, 'TooManyRequests', { 'retry-after': '20' }),
      1,
    );
    server.cutWatches();
    const watches = () =>
      server.requests.filter(line =>
        line.startsWith('WATCH /apis/batch/v1/jobs?'),
      ).length;
    await until(
      () => probe.state().error?.message.includes('429') ?? false,
      () => probe.clock.advance(50),
    );
    const before = watches();
    probe.clock.advance(19_000);
    for (let turn = 0; turn < 50; turn += 1) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(watches()).toBe(before);
    probe.clock.advance(2_000);
    await until(() => watches() === before + 1);
  });

  it('shows a refused kind, asks once a minute, and follows the others', async () => {
    server.fail(/GET .*configmaps$/, status(403, 'Forbidden'));
    probe = await follow(server);
    await until(
      () =>
        probe.state().error !== undefined && server.openWatches === KINDS - 1,
    );
    expect(probe.state()).toMatchObject({
      reachable: true,
      stale: true,
      error: {
        code: 'cluster-refused',
        message: expect.stringContaining('scripted Forbidden'),
      },
    });
    expect(probe.cluster().mirror.synced).toBe(false);
    const asked = () =>
      server.requests.filter(line => line.includes('configmaps')).length;
    expect(asked()).toBe(1);
    server.put('jobs', job('minio-init', 'Complete'));
    await until(() => probe.ends('minio-init') === 1);
    server.recover();
    probe.clock.advance(59_000);
    expect(asked()).toBe(1);
    probe.clock.advance(2_000);
    await probe.fresh();
    expect(probe.cluster().mirror.synced).toBe(true);
    expect(probe.state().error).toBeUndefined();
  });

  describe('with a token in a file', () => {
    let folder: string;
    let tokenFile: string;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'akko-clusters-'));
      tokenFile = join(folder, 'token');
      await writeFile(tokenFile, 'first-token\n');
    });

    afterEach(() => rm(folder, { recursive: true }));

    const rotate = () => {
      server.tokens.clear();
      server.tokens.add('second-token');
    };

    it('reads a rotated token when the old one is refused, unnoticed', async () => {
      probe = await follow(server, { tokenFile });
      await probe.fresh();
      probe.states.length = 0;
      await writeFile(tokenFile, 'second-token\n');
      rotate();
      expect(await probe.cluster().client.version()).toBe('v1.35.4');
      expect(probe.states).toEqual([]);
    });

    it('tells that credentials are refused, and recovers when they are renewed', async () => {
      probe = await follow(server, { tokenFile });
      await probe.fresh();
      rotate();
      server.cutWatches();
      server.put('jobs', job('minio-init', 'Failed'));
      await until(
        () =>
          probe.state().error?.code === 'cluster-refused' &&
          !probe.state().reachable,
        () => probe.clock.advance(50),
      );
      expect(JSON.stringify(probe.state())).not.toContain('-token');
      await writeFile(tokenFile, 'second-token\n');
      await probe.recovered();
      await until(() => probe.ends('minio-init') === 1);
    });

    it('tells that the file is gone, and recovers when it is back', async () => {
      await rm(tokenFile);
      probe = await follow(server, { tokenFile });
      await until(() => probe.state().error !== undefined);
      expect(probe.state().error).toMatchObject({
        code: 'cluster-refused',
        message: expect.stringContaining(tokenFile),
      });
      await writeFile(tokenFile, 'first-token\n');
      await probe.recovered();
      expect(probe.cluster().mirror.list('jobs')).toHaveLength(1);
    });
  });
});
