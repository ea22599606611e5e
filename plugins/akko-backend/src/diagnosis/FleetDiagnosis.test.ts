import { TestDatabases } from '@backstage/backend-test-utils';
import type { Finding, Instance } from '@akko/backstage-plugin-akko-common';
import type { V1Job } from '@kubernetes/client-node';
import {
  AKKO,
  OperationBench,
} from '../operations/__testUtils__/OperationBench';
import { runIdOf } from '../runs/runId';
import {
  aCronJob,
  aFailedJob,
  aJob,
  aPod,
  aSucceededJob,
  terminated,
} from '../testing/kubernetesObjects';
import type { FindingChange } from './types';

const REFUSED =
  'psql: error: connection to server at "akko-postgresql" (10.96.14.2), port 5432 failed: Connection refused';

describe('findings of a fleet', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let bench: OperationBench;
  let changes: FindingChange[];

  beforeEach(async () => {
    bench = await OperationBench.start(databases);
    changes = [];
    bench.diagnosis.onFindingChanged(change => changes.push(change));
    await bench.fleet.start();
  });
  afterEach(() => bench.stop());

  const instance = () => bench.instances.get(AKKO) as Promise<Instance>;
  const findings = async (): Promise<Finding[]> =>
    (await instance())?.findings ?? [];
  const told = () =>
    changes.filter(change => change.told).map(({ type }) => type);

  /** A Job that failed, with the log of its pod. */
  async function failing(
    log = REFUSED,
    name = 'postgres-init',
  ): Promise<V1Job> {
    const job = aFailedJob({ name });
    bench.prod.client.setLog('akko', `akko-${name}-abcde`, log);
    bench.prod.set('pods', aPod(job, { state: terminated(1) }));
    bench.prod.set('jobs', job);
    await bench.until(findings, found =>
      found.some(
        ({ job: subject, evidence }) =>
          subject === name && evidence[0]?.kind === 'log',
      ),
    );
    return job;
  }

  it('are there with the very line, and on top of the instance', async () => {
    await failing();
    const { findings: found, topFinding } = await instance();
    expect(found).toMatchObject([
      {
        rule: 'target-refused',
        job: 'postgres-init',
        evidence: [{ kind: 'log', text: REFUSED, line: 1 }],
      },
    ]);
    expect(topFinding).toMatchObject({
      id: found[0].id,
      title: 'PostgreSQL refuses connections',
    });
    expect((await bench.instances.list({})).items[0].topFinding).toEqual(
      topFinding,
    );
  });

  it('are told once, however often they are looked at', async () => {
    const job = await failing();
    bench.prod.set('jobs', { ...job });
    await bench.until(() => bench.diagnosis.settled().then(() => true));
    expect(told().filter(type => type === 'opened')).toHaveLength(1);
  });

  it('can be read, evidence and all, when Kubernetes has removed Job and pod', async () => {
    const job = await failing();
    const [before] = await findings();
    bench.prod.remove('pods', 'akko', 'akko-postgres-init-abcde');
    bench.prod.remove('jobs', 'akko', 'akko-postgres-init');
    await bench.until(
      async () =>
        (await instance()).jobs.find(({ name }) => name === 'postgres-init')
          ?.lastRun?.live === false,
    );
    await bench.until(() => bench.diagnosis.settled().then(() => true));
    expect(await findings()).toMatchObject([
      { id: before.id, evidence: before.evidence },
    ]);
    expect(
      await bench.findings.ofRun(runIdOf('prod', job.metadata!.uid!)),
    ).toHaveLength(1);
  });

  it('stay open while the job runs again, and are resolved when it succeeds', async () => {
    await failing();
    const [{ id }] = await findings();
    const name = 'postgres-init';
    const again = aJob({
      name,
      createdAt: '2026-11-01T11:00:00Z',
      startedAt: '2026-11-01T11:00:01Z',
    });
    bench.prod.set('jobs', again);
    bench.prod.set('pods', aPod(again, { name: 'akko-postgres-init-fghij' }));
    await bench.until(
      async () =>
        (await instance()).jobs.find(job => job.name === name)?.state ===
        'running',
    );
    bench.clock.advance(1000);
    await bench.diagnosis.settled();
    expect((await findings()).map(finding => finding.id)).toEqual([id]);

    const { status } = aSucceededJob();
    bench.prod.set('jobs', { ...again, status });
    await bench.until(findings, found => found.length === 0);
    expect(told()).toEqual(expect.arrayContaining(['opened', 'resolved']));
    expect((await instance()).topFinding).toBeUndefined();
  });

  it('tell of what keeps a pod from starting, of which only an event speaks', async () => {
    const job = aJob({ name: 'minio-init', startedAt: '2026-11-01T10:00:01Z' });
    const pod = aPod(job, {
      state: { waiting: { reason: 'ContainerCreating' } },
    });
    pod.status!.phase = 'Pending';
    bench.prod.set('jobs', job);
    bench.prod.set('pods', pod);
    bench.prod.set('events', {
      metadata: { name: 'e', namespace: 'akko', uid: 'e' },
      involvedObject: {
        kind: 'Pod',
        name: pod.metadata!.name,
        namespace: 'akko',
        uid: pod.metadata!.uid,
      },
      type: 'Warning',
      reason: 'FailedMount',
      message:
        'MountVolume.SetUp failed for volume "tls" : secret "akko-tls" not found',
      lastTimestamp: new Date('2026-11-01T10:00:09Z'),
    } as never);
    const [finding] = await bench.until(findings, found => found.length > 0);
    expect(finding).toMatchObject({
      rule: 'secret-missing',
      object: { kind: 'Secret', name: 'akko-tls' },
    });
  });

  it('are as of the last contact while the cluster does not answer', async () => {
    const job = await failing();
    bench.prod.setState({ stale: true, reachable: false });
    const { status } = aSucceededJob();
    bench.prod.set('jobs', { ...job, status });
    bench.clock.advance(1000);
    await bench.diagnosis.settled();
    expect(await findings()).toHaveLength(1);
  });

  it('are not called resolved when they turn out to follow from another', async () => {
    await failing(
      'connect ECONNREFUSED akko-keycloak:8080',
      'keycloak-clients',
    );
    await failing(REFUSED, 'postgres-init');
    const [root] = await bench.until(
      findings,
      found => found.length === 1 && found[0].consequences.length === 1,
    );
    expect(root).toMatchObject({
      job: 'postgres-init',
      consequences: [{ job: 'keycloak-clients' }],
    });
    expect(told()).not.toContain('resolved');
  });

  it('tell of a schedule too', async () => {
    bench.prod.set('cronjobs', aCronJob({ suspend: true }));
    const [finding] = await bench.until(findings, found => found.length > 0);
    expect(finding).toMatchObject({
      rule: 'cronjob-suspended',
      severity: 'warning',
      action: { type: 'resume', backup: 'backup-postgres' },
    });
  });

  it('tell of an upgrade that is stuck, only where the configuration lets Helm be asked', async () => {
    await failing();
    const helmCalls = () =>
      bench.calls.filter(call => call.startsWith('helmReleases'));
    expect(helmCalls()).toEqual([]);
    bench.prod.readsHelmReleases = true;
    bench.prod.client.releases = [
      {
        name: 'akko',
        namespace: 'akko',
        version: 3,
        status: 'pending-upgrade',
        modifiedAt: bench.clock.now() - 3_600_000,
      },
    ];
    await bench.until(findings, found =>
      found.some(({ rule }) => rule === 'helm-pending'),
    );
    expect(helmCalls()).toEqual(['helmReleases akko']);
    bench.prod.client.releases = [
      { ...bench.prod.client.releases[0], status: 'deployed' },
    ];
    await bench.until(findings, found =>
      found.every(({ rule }) => rule !== 'helm-pending'),
    );
  });

  it('show no secret of the Job', async () => {
    const job = aFailedJob({
      name: 'postgres-init',
      env: [{ name: 'PGPASSWORD', value: 'hunter22' }],
    });
    bench.prod.client.setLog(
      'akko',
      'akko-postgres-init-abcde',
      `${REFUSED} hunter22`,
    );
    bench.prod.set('pods', aPod(job, { state: terminated(1) }));
    bench.prod.set('jobs', job);
    const found = await bench.until(findings, some =>
      some.some(({ evidence }) => evidence[0]?.kind === 'log'),
    );
    expect(JSON.stringify(found)).not.toContain('hunter22');
  });
});
