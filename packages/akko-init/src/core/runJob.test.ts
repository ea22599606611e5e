import { runWork, type Work, type WorkOptions } from '../__testUtils__/runWork';
import { ERROR_CODES, EXIT_CODES, JobError } from './JobError';

describe('runJob', () => {
  let log: string;
  let stop: AbortController;
  beforeEach(() => {
    log = '';
    stop = new AbortController();
  });

  const run = (work: Work, options: Partial<WorkOptions> = {}) =>
    runWork(work, {
      stop: stop.signal,
      onLog: text => {
        log += text;
      },
      ...options,
    });

  it('tells what was created and what was there, in log and report', async () => {
    const { exitCode, report } = await run(async ({ changes }) => {
      await changes.create({ kind: 'bucket', name: 'a' }, async () => {});
      await changes.create(
        { kind: 'bucket', name: 'b' },
        async () => 'unchanged',
      );
      changes.unchanged({ kind: 'bucket', name: 'c', note: 'as it was' });
      await changes.update({ kind: 'policy', name: 'd' }, async () => ({
        action: 'skipped',
        note: 'not supported',
      }));
    });
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({
      outcome: 'succeeded',
      totals: { created: 1, updated: 0, unchanged: 2, skipped: 1 },
    });
    expect(log).toMatch(/Z created {3}bucket a\n/);
    expect(log).toMatch(/Z unchanged bucket b\n/);
    expect(log).toMatch(/Z unchanged bucket c \(as it was\)\n/);
    expect(log).toMatch(/Z skipped {3}policy d \(not supported\)\n/);
    expect(log).toMatch(
      /Z test-job is done: 1 created, 0 updated, 2 unchanged, 1 skipped\n$/,
    );
  });

  it('does nothing in a plan, and says so', async () => {
    const work = jest.fn();
    const { report } = await run(
      async ({ changes }) => {
        await changes.create({ kind: 'bucket', name: 'a' }, work);
        await changes.update({ kind: 'client', name: 'b' }, work);
      },
      { plan: true },
    );
    expect(work).not.toHaveBeenCalled();
    expect(report).toMatchObject({
      plan: true,
      totals: { created: 1, updated: 1 },
    });
    expect(log).toContain('would be created bucket a');
    expect(log).toContain('would be updated client b');
    expect(log).toContain('nothing was changed');
  });

  it.each(ERROR_CODES)(
    'ends with the exit code of %s, and reports it',
    async code => {
      const { exitCode, report } = await run(async () => {
        throw new JobError({
          code,
          service: 'keycloak',
          message: 'It did not work.',
          nextStep: 'Mend it.',
        });
      });
      expect(exitCode).toBe(EXIT_CODES[code]);
      expect(report).toMatchObject({
        outcome: 'failed',
        error: {
          code,
          service: 'keycloak',
          message: 'It did not work.',
          nextStep: 'Mend it.',
        },
      });
      expect(log).toContain(`ERROR ${code}: It did not work.`);
      expect(log).toContain('next step: Mend it.');
    },
  );

  it('keeps what was done before a failure in the report', async () => {
    const { report } = await run(async ({ changes }) => {
      await changes.create({ kind: 'bucket', name: 'a' }, async () => {});
      throw new JobError({ code: 'conflict', message: 'no' });
    });
    expect(report.changes).toEqual([
      { kind: 'bucket', name: 'a', action: 'created' },
    ]);
  });

  it('names in the report of a failure the backup that it was about, and says nothing good of it', async () => {
    const known = { level: 'restored', verified: true };
    const { report } = await run(async ({ worksOn }) => {
      worksOn({ id: '42', location: '/backup/42', ...known });
      throw new JobError({ code: 'conflict', message: 'no' });
    });
    expect(report.outcome).toBe('failed');
    expect(report.backup).toEqual({ id: '42', location: '/backup/42' });
  });

  it('names no backup in the report of a failure before one was chosen', async () => {
    const { report } = await run(async () => {
      throw new JobError({ code: 'not-found', message: 'no' });
    });
    expect(report.backup).toBeUndefined();
  });

  it('says of a backup what the job found where it succeeded', async () => {
    const backup = { id: '42', location: '/backup/42', level: 'restored' };
    const { report } = await run(async ({ worksOn }) => {
      worksOn({ id: '42', location: '/backup/42' });
      return { backup };
    });
    expect(report.backup).toEqual(backup);
  });

  it('names the backup also when Kubernetes ends the pod', async () => {
    const { report } = await run(async ({ worksOn, signal }) => {
      worksOn({ id: '42', location: '/backup/42' });
      stop.abort('SIGTERM');
      signal.throwIfAborted();
    });
    expect(report.backup).toEqual({ id: '42', location: '/backup/42' });
  });

  it('shows no stack trace of what nobody expected', async () => {
    const { exitCode, report } = await run(async () => {
      throw new TypeError('x is not a function');
    });
    expect(exitCode).toBe(EXIT_CODES.internal);
    expect(report.error.message).toBe('Unexpected: x is not a function');
    expect(log).not.toContain('    at ');
  });

  it.each(['text', 'json'] as const)(
    'lets no secret into a %s log or the report',
    async format => {
      const { text } = await run(
        async ({ secrets, log: jobLog, changes }) => {
          const password = secrets.read({ env: 'PASSWORD' }, 'password');
          jobLog.info(`signing in with ${password}`, { password });
          changes.skipped({ kind: 'a', name: 'b', note: password });
          throw new Error(`wrong: ${password}`);
        },
        { format },
      );
      expect(log + text).not.toContain('geheim-42');
      expect(log).toContain('signing in with ***');
      expect(text).toContain('wrong: ***');
    },
  );

  it('writes one JSON object a line for machines', async () => {
    await run(
      async ({ changes }) =>
        changes.unchanged({ kind: 'database', name: 'mlflow' }),
      { format: 'json' },
    );
    const lines = log
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(lines[0]).toMatchObject({
      level: 'info',
      kind: 'database',
      name: 'mlflow',
      action: 'unchanged',
    });
    expect(lines[lines.length - 1].report.outcome).toBe('succeeded');
  });

  it('reports when Kubernetes ends the pod, and what it was doing', async () => {
    const { exitCode, report } = await run(
      async ({ step, signal, changes }) => {
        await changes.create({ kind: 'bucket', name: 'a' }, async () => {});
        step('copying bucket a');
        stop.abort('SIGTERM');
        signal.throwIfAborted();
      },
    );
    expect(exitCode).toBe(143);
    expect(report.error).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('(SIGTERM) while copying bucket a'),
    });
    expect(report.totals.created).toBe(1);
  });

  it('reports in time also where the work does not listen', async () => {
    jest.useFakeTimers();
    try {
      const ending = run(() => {
        stop.abort('SIGTERM');
        return new Promise(() => {});
      });
      await jest.advanceTimersByTimeAsync(10_000);
      expect((await ending).exitCode).toBe(143);
    } finally {
      jest.useRealTimers();
    }
  });

  it('gives up at its own deadline', async () => {
    const { exitCode, report } = await run(
      ({ step, signal }) =>
        new Promise((_, reject) => {
          step('waiting for keycloak');
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
      { config: 'deadlineSeconds: 0.01' },
    );
    expect(exitCode).toBe(EXIT_CODES.timeout);
    expect(report.error.message).toBe(
      'The job was not done within its deadline of 0.01 s; it was waiting for keycloak.',
    );
  });

  it('reports a configuration that is not valid', async () => {
    const { exitCode, report } = await run(async () => {}, {
      config: 'waitSeconds: soon',
    });
    expect(exitCode).toBe(EXIT_CODES.misconfigured);
    expect(report.error.message).toContain('waitSeconds');
  });
});
