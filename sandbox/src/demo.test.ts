import { Sandbox, VirtualClock, type SandboxCluster } from '@akko/kube-sandbox';
import { contentsOf } from './demo';
import { fillCluster } from './fillCluster';
import { clusterNames, fleet } from './fleet';
import { initJobNames } from './jobs';
import { jobManifest } from './manifests';
import { scenariosOf } from './scenarios';

const now = Date.UTC(2026, 10, 23, 12);
const instanceOf = (namespace: string, cluster: string) =>
  fleet.find(each => each.cluster === cluster && each.namespace === namespace)!;

describe('the demo', () => {
  it.each(clusterNames)('has a past in %s that is over', cluster => {
    for (const { job, pods } of contentsOf(cluster, now).past) {
      const { conditions } = job.status as any;
      const end = conditions[conditions.length - 1].lastTransitionTime;
      expect(Date.parse(end)).toBeLessThan(now);
      expect(pods.length).toBeGreaterThan(0);
      for (const { log } of pods) {
        expect(log.length).toBeGreaterThan(0);
        expect(log[log.length - 1].at).toBeLessThanOrEqual(now);
      }
    }
  });

  it.each(clusterNames)(
    'has reports in %s that fit into a termination message',
    cluster => {
      const reporting = contentsOf(cluster, now).past.filter(
        // A script, which reports nothing.
        ({ job }) => !job.metadata.name.startsWith('risk-backup-postgres'),
      );
      for (const { pods } of reporting) {
        for (const { pod } of pods) {
          const [status] = (pod.status as any).containerStatuses;
          const { message } = status.state.terminated;
          expect(Buffer.byteLength(message)).toBeLessThanOrEqual(4096);
          expect(JSON.parse(message).schema).toBe('akko.io/report/v1');
        }
      }
    },
  );

  it('tells what the Job controller said in the last hour, and no more', () => {
    const { events } = contentsOf('prod-eu', now);
    const ofClients = events.filter(
      ({ involvedObject }) =>
        (involvedObject as any).name === 'akko-keycloak-clients',
    );
    expect(ofClients.map(({ reason }) => reason)).toEqual([
      'SuccessfulCreate',
      'SuccessfulCreate',
      'SuccessfulCreate',
      'BackoffLimitExceeded',
    ]);
    for (const { lastTimestamp } of events) {
      expect(Date.parse(String(lastTimestamp))).toBeGreaterThan(
        now - 3_600_000,
      );
    }
  });

  it('names in each catalogue every init job of the chart', () => {
    const [catalogue] = contentsOf('prod-eu', now).configMaps;
    const data = catalogue.data as Record<string, string>;
    const { jobs } = JSON.parse(data['catalogue.json']);
    expect(jobs.map(({ name }: { name: string }) => name)).toEqual(
      initJobNames,
    );
    for (const { enabled, manifest } of jobs) {
      expect(Boolean(manifest && data[manifest])).toBe(enabled);
    }
  });
});

describe('what happens in the demo', () => {
  const clock = new VirtualClock(now);
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start({
      clock,
      clusters: clusterNames.map(name => ({
        name,
        tls: false,
        workloads: { scenarios: scenariosOf(name), timeToLiveGrace: 60 },
      })),
    });
    for (const [name, cluster] of sandbox.clusters) {
      fillCluster(cluster, contentsOf(name, now));
    }
  });

  afterAll(() => sandbox.stop());

  async function runAgain(
    cluster: SandboxCluster,
    namespace: string,
    job: string,
  ) {
    const manifest = jobManifest(instanceOf(namespace, cluster.name), job);
    const { name } = manifest.metadata;
    cluster.store.delete('jobs', namespace, name);
    cluster.store.create('jobs', manifest);
    await clock.advance(600_000);
    const { status } = cluster.store.get('jobs', namespace, name) as any;
    return status.conditions.map(({ type }: { type: string }) => type);
  }

  it('cleans up the Jobs whose time is over, but not before the portal saw them', async () => {
    const { store } = sandbox.clusters.get('prod-eu')!;
    expect(store.list('jobs', 'akko-lab').length).toBeGreaterThan(9);
    await clock.advance(120_000);
    const left = store
      .list('jobs', 'akko-lab')
      .filter(({ metadata }) => !metadata.name.includes('backup'));
    expect(left.map(({ metadata }) => metadata.name)).toEqual([]);
  });

  it('lets a failed job succeed when it is run again', async () => {
    const cluster = sandbox.clusters.get('prod-eu')!;
    expect(await runAgain(cluster, 'akko', 'keycloak-clients')).toContain(
      'Complete',
    );
  });

  it('lets a job whose cause is still there fail again', async () => {
    const cluster = sandbox.clusters.get('staging')!;
    expect(await runAgain(cluster, 'akko', 'postgres-data-init')).toContain(
      'Failed',
    );
  });
});
