import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Instance } from '@akko/backstage-plugin-akko-common';
import {
  ChartRelease,
  SERVICES_KUBECONFIG,
} from './__testUtils__/ChartRelease';
import { RealPortal } from './__testUtils__/realPortal';

const run = promisify(execFile);
const SCRIPT = join(
  __dirname,
  '../../../../docs/examples/bootstrap-pipeline.sh',
);
const TOKEN = 'pipeline-token-for-tests';
const MINUTES = 60_000;

(SERVICES_KUBECONFIG ? describe : describe.skip)(
  'The pipeline of the docs, on the real services',
  () => {
    const id = randomBytes(4).toString('hex');
    const instance = `real/akko/pipeline-${id}`;
    const path = `/api/akko/instances/${instance}`;
    let release: ChartRelease;
    let portal: RealPortal;

    beforeAll(async () => {
      release = new ChartRelease(
        process.env.AKKO_HELM ?? 'helm',
        `pipeline-${id}`,
        {
          // Names that no other release has, so that the first bootstrap has something to create.
          'akko-init.postgres.databases': `{pipeline_${id}}`,
          'akko-init.minio.buckets': `{pipeline-${id}}`,
        },
      );
      await release.ensureSecret('akko-initial-admin', {
        password: 'first-admin-of-the-suite',
      });
      portal = await RealPortal.start(
        { kubeconfig: SERVICES_KUBECONFIG! },
        TOKEN,
      );
    }, 2 * MINUTES);

    afterAll(async () => {
      await portal?.stop();
      await release?.uninstall();
    }, 2 * MINUTES);

    const pipeline = (timeout: string) =>
      run('bash', [SCRIPT], {
        env: {
          ...process.env,
          PORTAL: portal.url,
          TOKEN,
          INSTANCE: instance,
          TIMEOUT: timeout,
        },
      });
    const read = async (): Promise<Instance> => {
      const { body } = await portal
        .get(path)
        .set('Authorization', `Bearer ${TOKEN}`);
      return body;
    };
    /** What the last run of a job created. */
    const created = (jobs: Instance['jobs'], name: string) =>
      jobs.find(job => job.name === name)?.lastRun?.report?.totals?.created;

    it(
      'waits for an installation that comes while it waits, and bootstraps it from nothing to healthy',
      async () => {
        const done = pipeline('600');
        // Without Helm's own run of the jobs: what there is afterwards, the API has made.
        await release.upgrade('--no-hooks');
        const { stdout } = await done;
        expect(stdout).toContain('healthy');
        const { health, jobs } = await read();
        expect(health).toBe('healthy');
        expect(new Set(jobs.map(({ state }) => state))).toEqual(
          new Set(['succeeded']),
        );
        expect(new Set(jobs.map(({ lastRun }) => lastRun?.trigger.by))).toEqual(
          new Set(['pipeline']),
        );
        expect(created(jobs, 'postgres-init')).toBeGreaterThan(0);
        expect(created(jobs, 'minio-init')).toBeGreaterThan(0);
      },
      12 * MINUTES,
    );

    it(
      'may be run again, and changes nothing',
      async () => {
        await pipeline('600');
        const { health, jobs } = await read();
        expect(health).toBe('healthy');
        expect(created(jobs, 'postgres-init')).toBe(0);
        expect(created(jobs, 'minio-init')).toBe(0);
      },
      12 * MINUTES,
    );
  },
);
