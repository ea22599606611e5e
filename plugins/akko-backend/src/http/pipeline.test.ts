import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { eventually } from '../acceptance/__testUtils__/eventually';
import { FalteringProxy } from './__testUtils__/FalteringProxy';
import { install, refused } from './__testUtils__/portalRelease';
import {
  missingPrograms,
  pathOf,
  PIPELINE,
  runProgram,
} from './__testUtils__/recipes';
import { OPERATOR, READER, SandboxPortal } from './__testUtils__/SandboxPortal';

/** `npm test` needs git and npm only, so that these are left out where there is no curl; nobody should overlook that. */
const missing = missingPrograms();
if (missing.length > 0) {
  process.stdout.write(
    `docs/examples/bootstrap-pipeline.sh is not run: ${missing.join(
      ', ',
    )} is not here.\n`,
  );
}

jest.setTimeout(300_000);

(missing.length > 0 ? describe.skip : describe)(
  'docs/examples/bootstrap-pipeline.sh',
  () => {
    let portal: SandboxPortal;

    beforeAll(async () => {
      portal = await SandboxPortal.start({
        scenarios: [
          refused('keycloak-clients', { namespace: 'stuck', always: true }),
          { match: { namespace: 'slow' }, duration: 3 },
        ],
      });
    });
    afterAll(() => portal?.stop());

    const run = (
      instance: string,
      more: NodeJS.ProcessEnv = {},
      onOutput?: (stdout: string) => void,
    ) =>
      runProgram(
        'bash',
        [PIPELINE],
        {
          cwd: tmpdir(),
          env: {
            ...process.env,
            PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
            PORTAL: portal.url,
            TOKEN: OPERATOR,
            INSTANCE: `prod/${instance}`,
            TIMEOUT: '120',
            ...more,
          },
        },
        onOutput,
      );
    const operationsOf = async (instance: string) =>
      (await portal.get(`/instances/prod/${instance}/operations`)).body.items;
    /** Installs a release, and waits until its own Jobs have ended. */
    const installed = async (namespace: string, health: string) => {
      install(portal.cluster, { namespace, release: 'akko' });
      await eventually(
        `the instance is ${health}`,
        () => portal.get(`/instances/prod/${namespace}/akko`),
        ({ body }) => body.health === health,
      );
    };

    it('waits for a release that Helm makes meanwhile, lets its Jobs end, and bootstraps it', async () => {
      let isInstalled = false;
      const { code, stderr, stdout } = await run('new/akko', {}, said => {
        if (!isInstalled && said.includes('does not know yet')) {
          isInstalled = true;
          install(portal.cluster, { namespace: 'new', release: 'akko' });
        }
      });
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain('asked for a bootstrap');
      expect(stdout).toContain('4 of 4 jobs done');
      expect(stdout).toMatch(/prod\/new\/akko is healthy: All 4 jobs done\n$/);
      expect(await operationsOf('new/akko')).toMatchObject([
        { action: 'bootstrap', state: 'succeeded', requestedBy: 'operator' },
      ]);
    });

    it('may be repeated: with the key of the same pipeline nothing is done twice', async () => {
      await installed('again', 'healthy');
      const key = { IDEMPOTENCY_KEY: 'pipeline-4711' };
      expect((await run('again/akko', key)).code).toBe(0);
      expect((await run('again/akko', key)).code).toBe(0);
      expect(await operationsOf('again/akko')).toHaveLength(1);
      expect((await run('again/akko')).code).toBe(0);
      expect(await operationsOf('again/akko')).toHaveLength(2);
    });

    it('ends with 1, and the first finding with its fix, when the bootstrap fails', async () => {
      await installed('stuck', 'failed');
      const { code, stderr, stdout } = await run('stuck/akko');
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^error: The bootstrap has not succeeded: operation /,
      );
      expect(stdout).toContain('failed: keycloak-clients');
      expect(stdout).toMatch(/\n {2}.*Keycloak.*\n {2}Why: .+\n {2}Fix 1: .+/);
    });

    it('joins a bootstrap that somebody else has asked for', async () => {
      await installed('slow', 'healthy');
      const { body } = await portal.post(
        '/instances/prod/slow/akko/operations',
        {
          action: 'bootstrap',
        },
      );
      const { code, stdout } = await run('slow/akko');
      expect(code).toBe(0);
      expect(stdout).toContain(
        `joining: A bootstrap of prod/slow/akko is active: operation ${body.id}`,
      );
      expect(await operationsOf('slow/akko')).toHaveLength(1);
    });

    it('waits for a re-run of somebody else, and bootstraps then', async () => {
      await portal.post('/instances/prod/slow/akko/operations', {
        action: 'rerun',
        jobs: ['minio-init'],
      });
      const { code, stdout } = await run('slow/akko');
      expect(code).toBe(0);
      expect(stdout).toContain('joining: A rerun of prod/slow/akko is active');
      expect((await operationsOf('slow/akko'))[0].action).toBe('bootstrap');
    });

    it('waits as long as it is told to, and asks again with the same key', async () => {
      await installed('shaky', 'healthy');
      const later = { 'retry-after': '1' };
      const error = (code: string) =>
        JSON.stringify({
          error: { name: 'AkkoError', code, message: `It is ${code}.` },
        });
      const proxy = await FalteringProxy.start(portal.url, {
        GET: [
          {
            status: 503,
            headers: { ...later, 'content-type': 'application/json' },
            body: error('cluster-unreachable'),
          },
        ],
        POST: [
          {
            status: 429,
            headers: {
              ...later,
              'content-type': 'application/json; charset=utf-8',
            },
            body: error('too-many-requests'),
          },
          { status: 502, headers: later, body: '<html>Bad gateway</html>' },
        ],
      });
      try {
        const { code, stdout } = await run('shaky/akko', {
          PORTAL: `${proxy.url}/`,
        });
        expect([code, proxy.excused]).toEqual([0, [503, 429, 502]]);
        expect(stdout).toContain('waiting 1 s: It is cluster-unreachable.');
        expect(stdout).toContain('waiting 1 s: It is too-many-requests.');
        expect(stdout).toContain('waiting 1 s: the portal answers 502');
        expect(await operationsOf('shaky/akko')).toHaveLength(1);
      } finally {
        await proxy.stop();
      }
    });

    it.each([
      [
        'a token without the permission',
        { TOKEN: READER },
        'This needs the permission akko.job.run',
      ],
      [
        'a token that nobody gave out',
        { TOKEN: 'guessed' },
        'The portal answers 401',
      ],
      [
        'an address with a cluster that there is not',
        { INSTANCE: 'mars/new/akko' },
        "There is no cluster 'mars'",
      ],
      [
        'an instance that does not come',
        { INSTANCE: 'prod/never/akko', TIMEOUT: '3' },
        'the portal does not know it',
      ],
      [
        'a portal that does not answer',
        { PORTAL: 'http://127.0.0.1:1', TIMEOUT: '3' },
        'connect',
      ],
    ])('ends with 1 and says why, with %s', async (_, more, reason) => {
      const { code, stderr } = await run('new/akko', more);
      expect(code).toBe(1);
      expect(stderr).toContain(reason);
      expect(stderr).not.toContain(OPERATOR);
    });

    it.each([
      ['PORTAL', { PORTAL: '' }],
      ['TOKEN', { TOKEN: undefined }],
      ['INSTANCE', { INSTANCE: 'akko' }],
      ['TIMEOUT', { TIMEOUT: '5m' }],
    ])('ends with 2 when %s is not as it should be', async (name, more) => {
      const { code, stderr } = await run('new/akko', more);
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining(`error: ${name} is`),
      ]);
    });

    it.each(['jq', 'node', 'python3'].filter(pathOf))(
      'reads JSON with %s alone',
      async reader => {
        const folder = mkdtempSync(join(tmpdir(), 'akko-path-'));
        try {
          for (const program of [
            'bash',
            'curl',
            'awk',
            'mktemp',
            'rm',
            'date',
            'sleep',
            'tail',
            'head',
            reader,
          ]) {
            symlinkSync(executableOf(program), join(folder, program));
          }
          const { code, stderr, stdout } = await run('stuck/akko', {
            PATH: folder,
          });
          expect([code, stderr]).toEqual([
            1,
            expect.stringContaining('has not succeeded'),
          ]);
          expect(stdout).toMatch(/\n {2}Why: .+\n {2}Fix 1: .+/);
        } finally {
          rmSync(folder, { recursive: true });
        }
      },
    );
  },
);

/** The program itself, where what is on the path only finds out which one to call. */
function executableOf(program: string): string {
  return program === 'python3'
    ? execFileSync(program, ['-c', 'import sys; print(sys.executable)'], {
        encoding: 'utf8',
      }).trim()
    : pathOf(program)!;
}
