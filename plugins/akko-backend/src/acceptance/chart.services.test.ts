import type { Operation } from '@akko/backstage-plugin-akko-common';
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
const NOTHING = Object.fromEntries(
  INIT_JOBS.map(name => [name, { created: 0, updated: 0 }]),
);
const MINUTES = 60_000;
const instancePath = '/api/akko/instances/real/akko/akko';

(SERVICES_KUBECONFIG ? describe : describe.skip).each([
  { mode: 'hooks', helm: process.env.AKKO_HELM ?? 'helm', hooks: true },
  { mode: 'plain Jobs', helm: process.env.AKKO_HELM ?? 'helm', hooks: false },
  {
    mode: 'plain Jobs by Helm 3',
    helm: process.env.AKKO_HELM3 ?? 'helm3',
    hooks: false,
  },
])('The chart with $mode, on the real services', ({ helm, hooks }) => {
  let release: ChartRelease;
  let portal: RealPortal;

  beforeAll(async () => {
    release = new ChartRelease(helm, 'akko', {
      'akko-init.useHelmHooks': String(hooks),
      'akko-init.backup.postgres.enabled': 'true',
      'akko-init.backup.minio.enabled': 'true',
    });
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

  async function bootstrapByPortal(): Promise<void> {
    const { status, body } = await portal.post(`${instancePath}/operations`, {
      action: 'bootstrap',
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

  it(
    'completes every job at the installation',
    async () => {
      await release.upgrade();
      const jobs = await release.completed();
      expect(
        [...jobs].map(([name, { report }]) => `${name} ${report?.outcome}`),
      ).toEqual(
        expect.arrayContaining(INIT_JOBS.map(name => `${name} succeeded`)),
      );
      expect(jobs.size).toBe(INIT_JOBS.length);
    },
    12 * MINUTES,
  );

  if (hooks) {
    it(
      'runs every job again at an upgrade, and changes nothing',
      async () => {
        const before = await release.jobs();
        await release.upgrade();
        const after = await release.completed();
        expect(sameJobs(before, after)).toEqual([]);
        expect(changesOf(after)).toEqual(NOTHING);
      },
      12 * MINUTES,
    );
  } else {
    it(
      'leaves the Jobs alone at an upgrade that changes nothing',
      async () => {
        const before = await release.jobs();
        await release.upgrade();
        expect(sameJobs(before, await release.completed())).toEqual(INIT_JOBS);
      },
      12 * MINUTES,
    );
  }

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
      expect(instance.chartVersion).toBe('1.0.0');
    },
    2 * MINUTES,
  );

  it(
    'is run again by the portal, and changes nothing',
    async () => {
      const before = await release.jobs();
      await bootstrapByPortal();
      const after = await release.completed();
      expect(sameJobs(before, after)).toEqual([]);
      expect(changesOf(after)).toEqual(NOTHING);
    },
    12 * MINUTES,
  );

  it(
    'takes an upgrade after that without a conflict',
    async () => {
      await release.upgrade();
      expect(changesOf(await release.completed())).toEqual(NOTHING);
    },
    12 * MINUTES,
  );

  it(
    'is run again by the portal when Kubernetes has removed its Jobs, and takes an upgrade after that',
    async () => {
      await release.removeJobs();
      await bootstrapByPortal();
      expect(changesOf(await release.completed())).toEqual(NOTHING);
      await release.upgrade();
      expect(changesOf(await release.completed())).toEqual(NOTHING);
    },
    12 * MINUTES,
  );

  // Backups do not depend on how Helm runs the Jobs.
  if (hooks) {
    it.each(['postgres', 'minio'])(
      'takes a backup of %s and proves that it can be restored',
      async subject => {
        await release.openBackupVolume();
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
});

/** Jobs that are the very ones that were there before. */
function sameJobs(
  before: Map<string, SeenJob>,
  after: Map<string, SeenJob>,
): string[] {
  return INIT_JOBS.filter(
    name => after.get(name)?.uid === before.get(name)?.uid,
  );
}

/** What each job created and updated, as its report says. */
function changesOf(jobs: Map<string, SeenJob>): object {
  return Object.fromEntries(
    INIT_JOBS.map(name => {
      const { created, updated } = jobs.get(name)?.report?.totals ?? {};
      return [name, { created, updated }];
    }),
  );
}
