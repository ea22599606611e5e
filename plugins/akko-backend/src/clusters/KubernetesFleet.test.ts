import { follow, type FleetProbe } from './__testUtils__/FleetProbe';
import { until } from './__testUtils__/ManualClock';
import { job, ScriptedApiServer } from './__testUtils__/ScriptedApiServer';

// Long enough for a machine that is busy; nothing here waits for time to pass.
jest.setTimeout(30_000);

describe('KubernetesFleet', () => {
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

  it('logs what a listener throws, and goes on for all listeners', async () => {
    probe = await follow(server);
    await probe.fresh();
    probe.fleet.subscribe({
      onChange: () => {
        throw new Error('listener is broken');
      },
      onClusterState: async () => {
        throw new Error('async listener is broken');
      },
    });
    const heard: string[] = [];
    probe.fleet.subscribe({ onChange: ({ type }) => heard.push(type) });
    server.put('jobs', job('minio-init', 'SuccessCriteriaMet'));
    server.put('jobs', job('minio-init', 'Complete'));
    await until(() => probe.ends('minio-init') === 1);
    expect(heard).toEqual(['modified', 'modified']);
    expect(probe.logger.error).toHaveBeenCalledWith(
      expect.any(String),
      expect.objectContaining({ message: 'listener is broken' }),
    );
    expect(probe.state().stale).toBe(false);
  });

  it('takes a Job of the same name and another uid for another Job', async () => {
    probe = await follow(server);
    await probe.fresh();
    server.silenceWatches();
    server.delete('jobs', job('minio-init', 'Failed'));
    server.put('jobs', job('minio-init', undefined, 'uid-2'));
    server.compact();
    server.cutWatches();
    await probe.after(() => probe.told('minio-init').length >= 3);
    expect(
      probe.changes.map(({ type, object }) => [type, object.metadata?.uid]),
    ).toEqual([
      ['added', 'uid-of-minio-init'],
      ['deleted', 'uid-of-minio-init'],
      ['added', 'uid-2'],
    ]);
  });
});
