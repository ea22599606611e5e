import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setupServer } from 'msw/node';
import { OllamaPeer } from '../../__testUtils__/OllamaPeer';
import { runJobHere } from '../../__testUtils__/runJobHere';
import { expectNothingChanged, freePort } from '../../__testUtils__/services';

const URL = 'http://akko-akko-ollama:11434';
const MODELS = ['qwen2.5:3b', 'nomic-embed-text'];

function config(overrides: Record<string, unknown> = {}) {
  return {
    waitSeconds: 1.2,
    ollama: { url: URL },
    models: MODELS,
    ...overrides,
  };
}

// No package registry offers Ollama's server: these peers answer as its API reference tells.
const server = setupServer();
let peer: OllamaPeer;
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
beforeEach(() => {
  peer = new OllamaPeer(URL);
  peer.library.set('qwen2.5:3b', [1_900_000_000, 4_000]);
  peer.library.set('nomic-embed-text', [274_000_000]);
  server.use(...peer.handlers);
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function run(options: { config?: unknown; args?: string[]; env?: any } = {}) {
  return runJobHere('ollama-models', { config: config(), ...options });
}

describe('ollama-models', () => {
  it('pulls what is missing, and has nothing to do in a second run', async () => {
    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.changes).toEqual([
      { kind: 'model', name: 'qwen2.5:3b', action: 'created' },
      { kind: 'model', name: 'nomic-embed-text', action: 'created' },
    ]);

    expectNothingChanged(await run());
    expect(peer.pulls).toBe(2);
  });

  it('tells how far it is every ten percent', async () => {
    const { log } = await run({ config: config({ models: ['qwen2.5:3b'] }) });

    const told = log
      .split('\n')
      .filter(line => line.includes('% of'))
      .map(line => line.replace(/^\S+ /, ''));
    expect(told).toEqual(
      [10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map(
        percent => `pulling qwen2.5:3b: ${percent} % of 1.9 GB`,
      ),
    );
  });

  it('knows a model under each of its names', async () => {
    peer.models.add('nomic-embed-text:latest').add('qwen2.5:3b');

    const outcome = await run({
      config: config({
        models: [
          'nomic-embed-text',
          'nomic-embed-text:latest',
          'library/qwen2.5:3b',
          'registry.ollama.ai/library/qwen2.5:3b',
        ],
      }),
    });

    expectNothingChanged(outcome);
    expect(outcome.report!.totals!.unchanged).toBe(4);
    expect(peer.pulls).toBe(0);
  });

  it('plans without pulling, and leaves other models alone', async () => {
    peer.models.add('of-somebody:7b').add('qwen2.5:3b');

    const { exitCode, report } = await run({ args: ['--plan'] });

    expect(exitCode).toBe(0);
    expect(report!.totals).toMatchObject({ created: 1, unchanged: 1 });
    expect(peer.pulls).toBe(0);
    expect([...peer.models]).toEqual(['of-somebody:7b', 'qwen2.5:3b']);
  });

  it('does no harm when five run at once', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => run()));

    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0]);
    expectNothingChanged(await run());
  });
});

describe('ollama-models meets a fault', () => {
  it.each([
    {
      fault: 'a model that is not in the library',
      error: 'pull model manifest: file does not exist',
      code: 'not-found',
      exit: 66,
      nextStep: 'There is no such model in the library',
    },
    {
      fault: 'no way out to the registry',
      error:
        'pull model manifest: Get "https://registry.ollama.ai/v2/library/qwen2.5/manifests/3b": dial tcp: lookup registry.ollama.ai on 10.96.0.10:53: no such host',
      code: 'service-unavailable',
      exit: 69,
      nextStep: 'let its pod out',
    },
    {
      fault: 'a full disk',
      error:
        'write /root/.ollama/models/blobs/sha256-1-partial: no space left on device',
      code: 'service-unavailable',
      exit: 69,
      nextStep: 'The disk of Ollama is full',
    },
    {
      fault: 'a model that needs a newer Ollama',
      error:
        'pull model manifest: 412: The model you are attempting to pull requires a newer version of Ollama.',
      code: 'misconfigured',
      exit: 78,
      nextStep: 'Update the image of Ollama',
    },
    {
      fault: 'a model that is not for everybody',
      error: 'pull model manifest: 401: unauthorized',
      code: 'permission-denied',
      exit: 77,
      nextStep: 'access to this model',
    },
    {
      fault: 'something unheard of',
      error: 'the moon is full',
      code: 'internal',
      exit: 70,
      nextStep: 'Look at the log of Ollama',
    },
  ])('$fault is $code', async ({ error, code, exit, nextStep }) => {
    peer.error = error;

    const { exitCode, report } = await run();

    expect(report).toMatchObject({
      outcome: 'failed',
      error: {
        code,
        service: 'ollama',
        message: expect.stringContaining(
          `ollama at ${URL} cannot pull qwen2.5:3b: ${error}`,
        ),
        nextStep: expect.stringContaining(nextStep),
      },
    });
    expect(exitCode).toBe(exit);
  });

  it('a signed address of the registry is not told', async () => {
    peer.error =
      'max retries exceeded: Get "https://blobs.example/data?X-Amz-Credential=abc&X-Amz-Signature=def": dial tcp: i/o timeout';

    const { report, log } = await run();

    expect(report!.error!.message).toContain(
      'Get "https://blobs.example/data": dial tcp',
    );
    expect(log + JSON.stringify(report)).not.toContain('X-Amz');
  });

  it('a name that is none is misconfigured', async () => {
    const { exitCode, report } = await run({
      config: config({ models: ['a b'] }),
    });

    expect(exitCode).toBe(78);
    expect(report!.error!.message).toContain(
      'cannot pull a b: invalid model name',
    );
  });

  it('500 forever is unavailable', async () => {
    peer.faults.push(...Array(99).fill(500));

    const { exitCode, report } = await run();

    expect(exitCode).toBe(69);
    expect(report!.error).toMatchObject({
      code: 'service-unavailable',
      message: expect.stringContaining(
        `ollama at ${URL} answered 500 to: list its models`,
      ),
    });
  });

  it('an Ollama that is down is waited for, then unavailable', async () => {
    const port = await freePort();

    const { exitCode, report, log } = await run({
      config: config({ ollama: { url: `http://127.0.0.1:${port}` } }),
    });

    expect(exitCode).toBe(69);
    expect(report!.error!.message).toContain('the connection was refused');
    expect(log).toContain('waiting for ollama');
  });

  it('an Ollama that comes up slowly is waited for', async () => {
    peer.faults.push(503);

    const { exitCode, log } = await run({
      config: config({ waitSeconds: 20 }),
    });

    expect(exitCode).toBe(0);
    expect(log).toContain('is ready after');
  });

  it('a model is pulled with a second try after a 500', async () => {
    peer.faults.push(0, 500);

    const { exitCode, report } = await run({
      config: config({ waitSeconds: 20 }),
    });

    expect(exitCode).toBe(0);
    expect(report!.totals!.created).toBe(2);
  });
});

describe('a pull that breaks off', () => {
  let broken: Server;
  let ending: 'cut' | 'end' | 'hang' = 'cut';
  let url: string;
  let isAsked: () => void;
  const asked = new Promise<void>(done => {
    isAsked = done;
  });

  beforeAll(async () => {
    broken = createServer((request, response) => {
      if (request.url === '/api/tags') {
        response.end('{"models":[]}');
        return;
      }
      response.write('{"status":"pulling manifest"}\n{"status":"pul', () => {
        if (ending === 'cut') {
          response.destroy();
        } else if (ending === 'end') {
          response.end();
        } else {
          isAsked();
        }
      });
    });
    await new Promise<void>(done => broken.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(broken.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    broken.closeAllConnections();
    await new Promise(done => broken.close(done));
  });

  it.each([
    ['cut' as const, 'the connection was cut'],
    ['end' as const, 'stopped in the middle of pulling qwen2.5:3b'],
  ])('is no success (%s)', async (how, message) => {
    ending = how;

    const { exitCode, report } = await run({
      config: config({ ollama: { url } }),
    });

    expect(exitCode).toBe(69);
    expect(report!.error!.message).toContain(message);
    expect(report!.totals!.created).toBe(0);
  });

  it('ends at once when the job shall stop', async () => {
    ending = 'hang';
    const stop = new AbortController();
    asked.then(() => stop.abort('SIGTERM'));

    const { exitCode, report } = await runJobHere('ollama-models', {
      config: config({ ollama: { url } }),
      stop: stop.signal,
    });

    expect(exitCode).toBe(143);
    expect(report!.error).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('pull qwen2.5:3b'),
    });
  });
});
