import { until } from './__testUtils__/ManualClock';
import {
  createJob,
  endJob,
  NAMESPACE,
  SimulatedFleet,
} from './__testUtils__/simulatedFleet';

jest.setTimeout(30_000);

describe('the fleet on simulated clusters', () => {
  let fleet: SimulatedFleet;

  afterEach(() => fleet.stop());

  it('knows simulated clusters by their version', async () => {
    fleet = await SimulatedFleet.start(['demo']);
    await fleet.probe.fresh();
    expect(fleet.probe.state()).toMatchObject({
      sandbox: true,
      version: expect.stringContaining('+sandbox'),
    });
  });

  it('needs no more than to get, list and watch in the namespaces that are configured', async () => {
    fleet = await SimulatedFleet.start(['demo'], 'observer', {
      namespaces: [NAMESPACE],
    });
    createJob(fleet.server('demo'), 'minio-init');
    await fleet.probe.fresh();
    await until(() => fleet.probe.told('minio-init').length === 1);
    expect(
      fleet.probe.cluster().mirror.get('jobs', NAMESPACE, 'minio-init'),
    ).toBeDefined();
  });

  it('shows as refused what the Role does not allow', async () => {
    fleet = await SimulatedFleet.start(['demo'], 'observer');
    await until(() => fleet.probe.state().error?.code === 'cluster-refused');
    expect(fleet.probe.state()).toMatchObject({
      reachable: false,
      stale: true,
      error: { message: expect.stringContaining('forbidden') },
    });
  });

  it('is not disturbed in one cluster by what happens to another', async () => {
    fleet = await SimulatedFleet.start(['good', 'bad']);
    const { probe } = fleet;
    const bad = fleet.server('bad');
    await probe.fresh('good');
    await probe.fresh('bad');
    probe.states.length = 0;
    createJob(bad, 'polaris-init');
    await until(() => probe.told('polaris-init').length === 1);

    await bad.faults.refuseConnections(true);
    await until(() => !probe.state('bad').reachable);
    createJob(fleet.server('good'), 'minio-init');
    endJob(fleet.server('good'), 'minio-init', 'Complete');
    await until(() => probe.ends('minio-init') === 1);
    expect(probe.state('good')).toMatchObject({
      reachable: true,
      stale: false,
    });
    expect(probe.states.every(({ name }) => name === 'bad')).toBe(true);
    expect(probe.cluster('bad').mirror.list('jobs')).toHaveLength(1);
    await expect(
      probe.cluster('bad').client.getJob(NAMESPACE, 'polaris-init'),
    ).rejects.toMatchObject({ kind: 'unreachable', cluster: 'bad' });

    endJob(bad, 'polaris-init', 'Failed');
    await bad.faults.refuseConnections(false);
    await probe.after(() => probe.ends('polaris-init') === 1);
    await probe.recovered('bad');
  });

  it('goes on after a restart of an API server', async () => {
    fleet = await SimulatedFleet.start(['demo']);
    const { probe } = fleet;
    createJob(fleet.server('demo'), 'minio-init');
    await probe.fresh();
    await fleet.server('demo').restart();
    endJob(fleet.server('demo'), 'minio-init', 'Failed');
    await probe.after(() => probe.ends('minio-init') === 1);
    await probe.recovered();
    expect(probe.told('minio-init')).toEqual(['added', 'modified']);
  });

  it('makes 100 calls over a few TLS connections', async () => {
    fleet = await SimulatedFleet.start(['demo']);
    const server = fleet.server('demo');
    const { client } = fleet.probe.cluster();
    await fleet.probe.fresh();
    createJob(server, 'minio-init');
    server.requests.reset();
    const call = () => client.getJob(NAMESPACE, 'minio-init');
    for (let index = 0; index < 50; index += 1) {
      await call();
    }
    await Promise.all(Array.from({ length: 50 }, call));
    expect(server.requests.total).toBe(100);
    expect(server.requests.connections).toBeLessThanOrEqual(8);
  });
});
