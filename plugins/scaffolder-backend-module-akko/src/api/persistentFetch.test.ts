import { NotAllowedError } from '@backstage/errors';
import { ActionBench, REF } from '../__testUtils__/ActionBench';
import type { Refusal } from '../__testUtils__/FakePortal';
import { createBootstrapAction } from '../actions/createBootstrapAction';

const restarting: Refusal = { status: 503, message: 'Starting up' };

describe('a portal that does not answer for a while', () => {
  const bench = new ActionBench(createBootstrapAction).use();

  it.each([
    ['hang up' as const],
    [restarting],
    [{ status: 502 }],
    [{ status: 500 }],
    [{ status: 429, code: 'too-many-requests' }],
  ])('does not fail a step: %j', async trouble => {
    bench.portal.onLook = () => {
      bench.portal.onLook = () => {};
      bench.portal.troubles.push(trouble, trouble, trouble);
    };
    expect(await bench.run()).toMatchObject({
      operation: 'op-1',
      state: 'succeeded',
    });
    const told = bench.task.lines.filter(line => line.includes('The AKKO API'));
    expect(told).toEqual([
      expect.stringMatching(
        /^The AKKO API does not answer as it should \(.+\)\. It is asked again for up to 5 min\.$/,
      ),
      'The AKKO API answers again.',
    ]);
  });

  it('makes one operation when the answer to the request is lost', async () => {
    let isLost = false;
    bench.portal.refuse = ({ body }) => {
      if (!body || isLost) {
        return undefined;
      }
      isLost = true;
      return restarting;
    };
    await bench.run();
    const [first, second, ...others] = bench.portal.asked();
    expect(others).toEqual([]);
    expect(second.idempotencyKey).toBe(first.idempotencyKey);
    expect(second.body).toEqual(first.body);
    expect(bench.portal.operations.size).toBe(1);
  });

  it('is given as long as it asks for', async () => {
    bench.portal.troubles.push({
      status: 429,
      headers: { 'retry-after': '120' },
    });
    const began = bench.clock.now();
    await bench.run({ wait: false });
    expect(bench.clock.now() - began).toBe(120_000);
  });

  it('is not asked again when it wants more time than there is patience', async () => {
    bench.portal.troubles.push({
      status: 429,
      code: 'too-many-requests',
      message: 'Slow down',
      headers: { 'retry-after': '3600' },
    });
    await expect(bench.run()).rejects.toThrow(
      `Bootstrap of ${REF} was refused (too-many-requests): Slow down.`,
    );
    expect(bench.portal.seen).toHaveLength(1);
  });

  it('fails the step after five minutes', async () => {
    bench.portal.refuse = () => restarting;
    const began = bench.clock.now();
    await expect(bench.run()).rejects.toThrow('Starting up');
    const minutes = (bench.clock.now() - began) / 60_000;
    expect(minutes).toBeGreaterThan(4);
    expect(minutes).toBeLessThanOrEqual(5);
  });

  it('names the reason when there is no connection at all', async () => {
    await bench.stop();
    await expect(bench.run()).rejects.toThrow(
      /^The AKKO API could not be reached for 5 min: .*ECONNREFUSED.* See that the backend of the plugin akko runs\.$/,
    );
    await bench.start();
  });

  it('is not waited for longer than the step has time', async () => {
    bench.portal.refuse = () => restarting;
    await expect(bench.run({ timeout: 60 })).rejects.toThrow(
      'could not begin, because',
    );
  });

  it('is not waited for when the task is cancelled', async () => {
    const cancelled = new AbortController();
    bench.portal.refuse = () => restarting;
    bench.clock.onSleep = () => cancelled.abort();
    await expect(bench.run({}, { signal: cancelled.signal })).rejects.toThrow(
      'because the task was cancelled. Nothing was asked for.',
    );
    expect(bench.portal.seen).toHaveLength(1);
  });

  it('gets a fresh token with each request', async () => {
    let tokens = 0;
    const auth = {
      getPluginRequestToken: async () => ({ token: `token-${++tokens}` }),
    };
    bench.portal.troubles.push(restarting);
    await bench.run({ wait: false }, { auth });
    expect(bench.portal.seen.map(({ token }) => token)).toEqual([
      'token-1',
      'token-2',
      'token-3',
    ]);
  });

  it('says so when a restricted token of a program cannot be passed on', async () => {
    const auth = {
      getPluginRequestToken: async () => {
        throw new NotAllowedError('Access is restricted');
      },
    };
    await expect(bench.run({}, { auth })).rejects.toThrow(
      'The task cannot use the AKKO API for whoever started it: Access is restricted. Backstage does not pass tokens with access restrictions on: start it with one that has none, or call the AKKO API itself.',
    );
  });
});
