import { FakePostgresTools } from '../../__testUtils__/FakePostgresTools';
import { Secrets } from '../../core/Secrets';
import { askTool, startTool, textOf } from './PostgresTool';

const PASSWORD = 'a-secret-password';
const secrets = new Secrets({});
secrets.remember(PASSWORD);

let tools: FakePostgresTools;
let stop: AbortController;
beforeAll(() => {
  tools = new FakePostgresTools();
});
beforeEach(() => {
  stop = new AbortController();
  tools.install();
});
afterAll(() => tools.remove());

function dump() {
  return {
    args: ['--format=custom'],
    env: { PGDATABASE: 'mlflow', PGPASSWORD: PASSWORD },
    secrets,
    signal: stop.signal,
    doing: 'dump the database mlflow',
  };
}

describe('a tool', () => {
  it('gets its arguments and variables, and nothing else of the environment', async () => {
    tools.behave({ dumps: { mlflow: 'data' } });
    expect(await askTool('pg_dump', dump())).toBe('PGDMPdata');
    const [{ args, env }] = tools.calls;
    expect(args).toEqual(['--format=custom']);
    expect(Object.keys(env).sort()).toEqual([
      'LC_ALL',
      'PATH',
      'PGDATABASE',
      'PGPASSWORD',
    ]);
  });

  it.each([
    {
      behaviour: { stderr: 'pg_dump: error: no idea' },
      code: 'internal',
      words:
        'pg_dump, which was to dump the database mlflow, ended with exit code 3: pg_dump: error: no idea.',
    },
    {
      behaviour: { exitCode: 1, stderr: '' },
      code: 'internal',
      words:
        'pg_dump, which was to dump the database mlflow, ended with exit code 1.',
    },
    {
      behaviour: { signal: 'SIGKILL' },
      code: 'internal',
      words:
        'pg_dump, which was to dump the database mlflow, was ended by SIGKILL.',
    },
    {
      behaviour: {
        stderr: `FATAL: password authentication failed (${PASSWORD})`,
      },
      code: 'authentication-failed',
      words:
        'pg_dump, which was to dump the database mlflow, ended with exit code 3: FATAL: password authentication failed (***).',
    },
  ])(
    'that fails says so: $code, $behaviour',
    async ({ behaviour, code, words }) => {
      tools.behave({ failing: 'pg_dump', ...behaviour });
      await expect(askTool('pg_dump', dump())).rejects.toMatchObject({
        code,
        message: words,
        nextStep: expect.any(String),
      });
    },
  );

  it('that is not there is named', async () => {
    tools.hideAll();
    await expect(askTool('pg_dump', dump())).rejects.toMatchObject({
      code: 'misconfigured',
      message: 'pg_dump cannot be started: it is not there.',
    });
  });

  it('ends with the job, also when it does not listen', async () => {
    tools.behave({ failing: 'pg_dump', hangs: true });
    const running = startTool('pg_dump', dump());
    // It has begun to write when it hangs.
    await new Promise(done => running.stdout.once('readable', done));
    stop.abort('SIGTERM');
    await expect(running.finished).rejects.toMatchObject({
      message: expect.stringMatching(/was ended by SIG(TERM|KILL)/),
    });
    await textOf(running.stdout);
  }, 20_000);
});
