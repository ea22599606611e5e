import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { eventually } from '../acceptance/__testUtils__/eventually';
import { install, refused } from './__testUtils__/portalRelease';
import {
  missingPrograms,
  readRecipes,
  runProgram,
} from './__testUtils__/recipes';
import { OPERATOR, SandboxPortal } from './__testUtils__/SandboxPortal';

const INSTANCE = 'prod/akko/akko';
const ROOT = join(__dirname, '../../../..');
/** `npm test` needs git and npm only, so that these are left out where there is no curl; nobody should overlook that. */
const missing = missingPrograms();
if (missing.length > 0) {
  process.stdout.write(
    `The recipes of docs/automation.md are not run: ${missing.join(
      ', ',
    )} is not here.\n`,
  );
}

jest.setTimeout(120_000);

(missing.length > 0 ? describe.skip : describe)(
  'a recipe of docs/automation.md',
  () => {
    const recipes = readRecipes();
    const tried = new Set(['helpers']);
    let portal: SandboxPortal;
    let folder: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'akko-recipes-'));
      portal = await SandboxPortal.start({
        scenarios: [refused('keycloak-clients')],
      });
      install(portal.cluster, { namespace: 'akko', release: 'akko' });
      await eventually(
        'the finding is there',
        () => portal.get(`/instances/${INSTANCE}`),
        ({ body }) => body.findings?.length > 0 && body.health === 'failed',
      );
    });
    afterAll(async () => {
      await portal?.stop();
      rmSync(folder, { recursive: true });
    });

    const environment = (more: Record<string, string> = {}) => ({
      cwd: folder,
      env: {
        ...process.env,
        // The recipes call the Node that this runs on.
        PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
        PORTAL: portal.url,
        TOKEN: OPERATOR,
        INSTANCE,
        ...more,
      },
    });
    const cook = (name: string, more?: Record<string, string>) => {
      tried.add(name);
      const script = [recipes.get('helpers'), recipes.get(name)].join('\n');
      return runProgram('bash', ['-c', script], environment(more));
    };
    const cronJob = (name: string): any =>
      portal.cluster.store.get('cronjobs', 'akko', name);
    const operations = async () =>
      (await portal.get(`/instances/${INSTANCE}/operations`)).body.items;

    it('lists what needs attention', async () => {
      expect(await cook('attention')).toEqual({
        code: 0,
        stdout: expect.stringMatching(
          /^prod\/akko\/akko\tfailed\t.*Keycloak.*\n0 of 1 healthy\n$/,
        ),
        stderr: '',
      });
    });

    it('does not wait for ever for an instance that stays failed', async () => {
      expect(await cook('healthy', { TIMEOUT: '0' })).toMatchObject({
        code: 1,
        stderr: `${INSTANCE} is not healthy\n`,
      });
    });

    it('tells what would be done, and does nothing', async () => {
      const { code, stdout } = await cook('dry-run');
      expect([code, stdout.split('\n').slice(0, 4)]).toEqual([
        0,
        [
          '0 postgres-init akko-postgres-init',
          '0 minio-init akko-minio-init',
          '0 keycloak-clients akko-keycloak-clients',
          '1 polaris-init akko-polaris-init',
        ],
      ]);
      expect(await operations()).toEqual([]);
    });

    it('runs the failed jobs again, and waits until they have succeeded', async () => {
      expect(await cook('rerun-failed')).toEqual({
        code: 0,
        stdout: 'succeeded\n',
        stderr: '',
      });
      expect(await operations()).toMatchObject([
        {
          action: 'rerun',
          state: 'succeeded',
          requestedBy: 'operator',
          via: 'api',
          steps: [{ job: 'keycloak-clients' }],
        },
      ]);
    });

    it('fails with the reason where there is nothing to run again', async () => {
      const { code, stderr, stdout } = await cook('rerun-failed');
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain('There is nothing to run: no job failed.');
    });

    it('waits until the instance is healthy', async () => {
      expect((await cook('healthy')).code).toBe(0);
    });

    it('bootstraps, and is not done twice with the key of the same pipeline', async () => {
      const pipeline = { CI_PIPELINE_ID: '4711' };
      expect((await cook('bootstrap', pipeline)).stdout).toBe('succeeded\n');
      const before = await operations();
      expect(before[0].action).toBe('bootstrap');
      expect((await cook('bootstrap', pipeline)).stdout).toBe('succeeded\n');
      expect(await operations()).toHaveLength(before.length);
    });

    it('takes a backup and tells its size', async () => {
      expect((await cook('backup')).stdout).toBe('succeeded\n48213 bytes\n');
    });

    it('pauses a schedule with the reason, and lets it go on', async () => {
      expect((await cook('suspend')).stdout).toBe('succeeded\n');
      expect(cronJob('akko-backup-minio')).toMatchObject({
        spec: { suspend: true },
        metadata: {
          annotations: {
            'akko.io/paused-reason': 'the object storage is being moved',
          },
        },
      });
      expect((await cook('resume')).stdout).toBe('succeeded\n');
      expect(cronJob('akko-backup-minio').spec.suspend).toBe(false);
    });

    it('follows a log to its end', async () => {
      const { code, stdout } = await cook('log');
      expect([code, stdout]).toEqual([0, 'looking at akko-minio-init\ndone\n']);
    });

    it('keeps the ledger as a file', async () => {
      expect((await cook('ledger')).code).toBe(0);
      const [head, ...lines] = readFileSync(
        join(folder, 'ledger.csv'),
        'utf8',
      ).split('\r\n');
      expect(head).toContain('id,instance,backup,origin');
      expect(lines[0]).toContain('prod/akko/akko,backup-postgres,manual');
    });

    it('is told that nothing has changed', async () => {
      expect((await cook('etag')).stdout).toBe('304\n');
    });

    it('reads the document, which has the address of this portal', async () => {
      expect((await cook('document')).code).toBe(0);
      const document = JSON.parse(
        readFileSync(join(folder, 'akko-openapi.json'), 'utf8'),
      );
      expect(document.openapi).toMatch(/^3\.1/);
      expect(document.servers).toEqual([{ url: `${portal.url}/api/akko` }]);
    });

    it('asks from TypeScript', async () => {
      tried.add('client.ts');
      const file = join(folder, 'client.ts');
      writeFileSync(file, recipes.get('client.ts')!);
      const ended = await runProgram(
        process.execPath,
        [
          '--require',
          join(ROOT, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
          file,
        ],
        environment({ NODE_PATH: join(ROOT, 'node_modules') }),
      );
      expect(ended).toEqual({
        code: 0,
        stdout: 'There is nothing to run: no job failed.\n',
        stderr: '',
      });
    });

    it('is tried here, whichever there is', () => {
      expect([...recipes.keys()].sort()).toEqual([...tried].sort());
    });
  },
);
