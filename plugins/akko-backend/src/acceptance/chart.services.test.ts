import type { Operation, Report } from '@akko/backstage-plugin-akko-common';
import {
  ChartRelease,
  SERVICES_KUBECONFIG,
  type SeenJob,
} from './__testUtils__/ChartRelease';
import { eventually } from './__testUtils__/eventually';
import { RealPortal } from './__testUtils__/realPortal';

const INIT_JOBS = [
  'postgres-init',
  'postgres-data-init',
  'minio-init',
  'polaris-init',
  'keycloak-clients',
  'keycloak-sync',
  'bootstrap-admin',
  'ai-functions',
  'superset-bootstrap',
];
const MINUTES = 60_000;

(SERVICES_KUBECONFIG ? describe : describe.skip).each([
  { mode: 'hooks', helm: process.env.AKKO_HELM ?? 'helm', hooks: true },
  { mode: 'plain Jobs', helm: process.env.AKKO_HELM ?? 'helm', hooks: false },
  {
    mode: 'plain Jobs by Helm 3',
    helm: process.env.AKKO_HELM3 ?? 'helm3',
    hooks: false,
  },
])('The chart with $mode, on the real services', ({ helm, hooks }) => {
  const release = new ChartRelease(helm, 'akko', {
    'akko-init.useHelmHooks': String(hooks),
    'akko-init.backup.postgres.enabled': 'true',
    'akko-init.backup.minio.enabled': 'true',
  });
  let portal: RealPortal;

  beforeAll(async () => {
    await release.uninstall();
    await release.ensureSecret('akko-initial-admin', {
      password: 'first-admin-of-the-suite',
    });
    portal = await RealPortal.start({ kubeconfig: SERVICES_KUBECONFIG! });
  }, 2 * MINUTES);

  afterAll(async () => {
    await portal?.stop();
    await release.uninstall();
  }, 2 * MINUTES);

  it(
    'completes every job at the installation',
    async () => {
      await release.upgrade();
      const jobs = await release.completed();
      expect([...jobs.keys()].sort()).toEqual([...INIT_JOBS].sort());
      for (const name of INIT_JOBS) {
        expect(reportOf(jobs, name)).toMatchObject({
          job: name,
          outcome: 'succeeded',
        });
      }
    },
    12 * MINUTES,
  );

  it(
    hooks
      ? 'runs every job again at an upgrade, and changes nothing'
      : 'leaves the Jobs alone at an upgrade that changes nothing',
    async () => {
      const before = await release.jobs();
      await release.upgrade();
      const after = await release.completed();
      for (const name of INIT_JOBS) {
        expect(after.get(name)?.uid === before.get(name)?.uid).toBe(!hooks);
      }
      if (hooks) {
        expectNothingChanged(after);
      }
    },
    12 * MINUTES,
  );

  it(
    'is seen by the portal as healthy, from the catalogue of its jobs',
    async () => {
      const instance = await eventually(
        'the portal knows every job',
        async () => (await portal.get(instancePath)).body,
        body => body.health === 'healthy',
      );
      expect(
        instance.jobs.map(({ name, state }: any) => `${name} ${state}`).sort(),
      ).toEqual(INIT_JOBS.map(name => `${name} succeeded`).sort());
      expect(instance.chart).toMatch(/^akko-init-/);
    },
    2 * MINUTES,
  );

  it(
    'is run again by the portal, and changes nothing',
    async () => {
      const before = await release.jobs();
      await bootstrapByPortal();
      const after = await release.completed();
      for (const name of INIT_JOBS) {
        expect(after.get(name)?.uid).not.toBe(before.get(name)?.uid);
      }
      expectNothingChanged(after);
    },
    12 * MINUTES,
  );

  it(
    'takes an upgrade after that without a conflict',
    async () => {
      await release.upgrade();
      expectNothingChanged(await release.completed());
    },
    12 * MINUTES,
  );

  it(
    'is run again by the portal when Kubernetes has removed its Jobs',
    async () => {
      await release.removeJobs();
      await bootstrapByPortal();
      expectNothingChanged(await release.completed());
      await release.upgrade();
      expectNothingChanged(await release.completed());
    },
    12 * MINUTES,
  );

  // Backups do not depend on how Helm runs the Jobs.
  if (hooks) {
    it('has a volume for its backups', () => release.openBackupVolume());

    it.each(['postgres', 'minio'])(
      'takes a backup of %s and proves that it can be restored',
      async subject => {
        const backup = await release.runNow(`backup-${subject}`);
        expect(backup.report).toMatchObject({
          outcome: 'succeeded',
          backup: { verified: true, pruned: 0 },
        });
        const drill = await release.runNow(`drill-${subject}`);
        expect(drill.report).toMatchObject({
          outcome: 'succeeded',
          backup: { id: backup.report!.backup!.id, level: 'restored' },
        });
      },
      12 * MINUTES,
    );
  }

  const instancePath = '/api/akko/instances/real/akko/akko';

  async function bootstrapByPortal(): Promise<void> {
    const { status, body } = await portal.post(`${instancePath}/operations`, {
      action: 'bootstrap',
      jobs: 'all',
      reason: 'to see that nothing changes',
    });
    expect({ status, error: body.error }).toEqual({
      status: 202,
      error: undefined,
    });
    const operation: Operation = await eventually(
      'the operation has ended',
      async () => (await portal.get(`/api/akko/operations/${body.id}`)).body,
      ({ state }) => state === 'succeeded' || state === 'failed',
      600,
    );
    expect(operation).toMatchObject({ state: 'succeeded' });
  }
});

function reportOf(
  jobs: Map<string, SeenJob>,
  name: string,
): Report | undefined {
  return jobs.get(name)?.report;
}

function expectNothingChanged(jobs: Map<string, SeenJob>): void {
  const totals = Object.fromEntries(
    INIT_JOBS.map(name => {
      const { created, updated } = reportOf(jobs, name)?.totals ?? {};
      return [name, { created, updated }];
    }),
  );
  expect(totals).toEqual(
    Object.fromEntries(
      INIT_JOBS.map(name => [name, { created: 0, updated: 0 }]),
    ),
  );
}
