import {
  Sandbox,
  VirtualClock,
  type KubernetesObject,
  type SandboxCluster,
} from '@akko/kube-sandbox';
import { lastOf, now, pastRunsOf } from './__testUtils__/pastRunsOf';
import { jobByHand } from './cronJobRuns';
import { contentsOf } from './demo';
import { fillCluster } from './fillCluster';
import { scenariosOf } from './scenarios';

describe('backups and drills that are started in the demo', () => {
  const clock = new VirtualClock(now);
  let sandbox: Sandbox;
  let cluster: SandboxCluster;

  beforeAll(async () => {
    sandbox = await Sandbox.start({
      clock,
      clusters: [
        {
          name: 'prod-us',
          tls: false,
          workloads: { scenarios: scenariosOf('prod-us') },
        },
      ],
    });
    cluster = sandbox.clusters.get('prod-us')!;
    fillCluster(cluster, contentsOf('prod-us', now));
    // The controllers look at everything that was loaded.
    await clock.advance(1000);
  });

  afterAll(() => sandbox.stop());

  /** Runs a CronJob of the first instance by hand, to its end. @returns the report and the log of its pod */
  async function run(name: string, suffix: string, namespace = 'akko') {
    const { store, logs } = cluster;
    const cronJob = store.get('cronjobs', namespace, name)!;
    const job = store.create('jobs', jobByHand(cronJob as any, suffix));
    await clock.advance(60_000);
    const pod = store
      .list('pods', namespace)
      .find(each => isOwnedBy(each, job))! as any;
    const { message } = pod.status.containerStatuses[0].state.terminated;
    const [{ name: container }] = pod.spec.containers;
    return {
      report: message && JSON.parse(message),
      log: logs
        .lines(pod.metadata.uid, container, false)!
        .map(({ text }) => text),
    };
  }

  it('keep their past', () => {
    expect(
      cluster.store
        .list('jobs', 'akko')
        .filter(({ metadata }) => metadata.name.startsWith('akko-backup-'))
        .length,
    ).toBe(240);
  });

  it('make new backups, and prove the newest', async () => {
    const first = (await run('akko-backup-minio', 'one')).report;
    const second = (await run('akko-backup-minio', 'two')).report;
    expect(second.backup).toMatchObject({ level: 'readable', kept: 7 });
    expect(second.backup.id > first.backup.id).toBe(true);
    const { report, log } = await run('akko-drill-minio', 'one');
    expect(report).toMatchObject({
      job: 'drill-minio',
      outcome: 'succeeded',
      backup: {
        id: second.backup.id,
        location: second.backup.location,
        bytes: second.backup.bytes,
        level: 'restored',
        restoreSeconds: expect.any(Number),
      },
    });
    expect(log).toContain(`proving the backup ${second.backup.location}`);
  });

  it('prove what was there before the start where nothing was made since', async () => {
    const { report } = await run('akko-drill-postgres', 'two');
    const newest = lastOf(pastRunsOf('prod-us', 'akko', 'backup-postgres'));
    expect(report.backup.id).toBe(newest.report.backup.id);
  });

  it('tell in their log alone what a script made', async () => {
    const { report, log } = await run(
      'risk-backup-postgres',
      'one',
      'akko-risk',
    );
    expect(report).toBeUndefined();
    expect(log).toContain('Backup size: 5.9 GiB');
  });
});

function isOwnedBy(pod: KubernetesObject, job: KubernetesObject): boolean {
  return Boolean(
    pod.metadata.ownerReferences?.some(({ uid }) => uid === job.metadata.uid),
  );
}
