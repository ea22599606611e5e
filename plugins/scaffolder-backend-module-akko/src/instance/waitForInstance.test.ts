import type { JsonObject } from '@backstage/types';
import type { Instance } from '@akko/backstage-plugin-akko-common';
import { ActionBench } from '../__testUtils__/ActionBench';
import { aJob, anInstance, aRun } from '../__testUtils__/instances';
import { createBootstrapAction } from '../actions/createBootstrapAction';

const REF = 'prod-eu/akko-new/new';
const helm = { type: 'helm' as const, revision: 1 };

function installed(
  name: string,
  state: 'pending' | 'running' | 'succeeded' | 'failed',
) {
  return aJob(name, {
    state,
    lastRun: aRun({ id: `first-${name}`, name, state, trigger: helm }),
  });
}

function notStarted(name: string) {
  return aJob(name, { state: 'missing', lastRun: undefined });
}

function instance(overrides: Partial<Instance>): Instance {
  return anInstance({ ref: REF, ...overrides });
}

describe('akko:bootstrap for an instance that is not there yet', () => {
  const bench = new ActionBench(createBootstrapAction).use();

  const run = (input: JsonObject = {}) =>
    bench.run({ instance: REF, waitForInstance: '20m', ...input });

  /** What the portal shows after each wait, one after the other. */
  const then = (...changes: (() => void)[]) => {
    bench.clock.onSleep = () => changes.shift()?.();
  };
  const show = (overrides: Partial<Instance>) => () => {
    bench.portal.instances.set(REF, instance(overrides));
  };

  it("waits for Helm's own run of the init jobs, and takes its outcome", async () => {
    then(
      show({
        chartVersion: undefined,
        jobs: [aJob('minio-init', { enabled: false, lastRun: undefined })],
      }),
      show({ jobs: [notStarted('minio-init'), notStarted('ai-functions')] }),
      show({
        jobs: [installed('minio-init', 'running'), notStarted('ai-functions')],
      }),
      // Between two hooks nothing runs for a moment.
      show({
        jobs: [
          installed('minio-init', 'succeeded'),
          notStarted('ai-functions'),
        ],
      }),
      show({
        jobs: [
          installed('minio-init', 'succeeded'),
          installed('ai-functions', 'running'),
        ],
      }),
      show({
        jobs: [
          installed('minio-init', 'succeeded'),
          installed('ai-functions', 'succeeded'),
        ],
      }),
    );
    expect(await run()).toMatchObject({
      state: 'succeeded',
      joined: true,
      jobs: [
        { job: 'minio-init', run: 'first-minio-init' },
        { job: 'ai-functions', run: 'first-ai-functions' },
      ],
    });
    expect(bench.portal.asked()).toEqual([]);
    expect(bench.task.lines).toEqual([
      `Waiting for ${REF}. The portal does not know the instance yet.`,
      `Waiting for ${REF}. Its job catalogue was not seen yet.`,
      `Waiting for ${REF}. Helm has not started minio-init, ai-functions yet.`,
      `Waiting for ${REF}. Helm has not started ai-functions yet.`,
      `${REF} is there.`,
      'minio-init: succeeded',
      'ai-functions: running',
      'ai-functions: succeeded',
      `Bootstrap of ${REF} succeeded: 2 jobs. All 2 jobs done; the instance is healthy.`,
    ]);
  });

  it('runs again what Helm could not, when the failed jobs are asked for', async () => {
    then(
      show({
        jobs: [
          installed('minio-init', 'succeeded'),
          installed('ai-functions', 'failed'),
        ],
      }),
    );
    expect(await run({ jobs: 'failed' })).toMatchObject({
      state: 'succeeded',
      joined: false,
      jobs: [{ job: 'ai-functions', outcome: 'succeeded' }],
    });
    expect(bench.portal.asked()).toHaveLength(1);
  });

  it('bootstraps an instance that has been there for long', async () => {
    show({})();
    expect(await run()).toMatchObject({ operation: 'op-1', joined: false });
    expect(bench.task.lines[0]).toBe(`${REF} is there.`);
  });

  it('also bootstraps one that the portal had only lost sight of', async () => {
    bench.portal.clusters[0].reachable = false;
    then(show({}));
    expect(await run()).toMatchObject({ operation: 'op-1', joined: false });
    expect(bench.task.lines[0]).toBe(
      `Waiting for ${REF}. Cluster prod-eu is not in contact: it was not reached yet.`,
    );
  });

  it('waits for a cluster that does not answer', async () => {
    const cut = instance({});
    cut.clusterState = {
      ...cut.clusterState,
      reachable: false,
      error: { code: 'cluster-unreachable', message: 'connection refused' },
    };
    bench.portal.instances.set(REF, cut);
    then(show({}));
    expect(await run()).toMatchObject({ operation: 'op-1' });
    expect(bench.task.lines[0]).toBe(
      `Waiting for ${REF}. Cluster prod-eu is not in contact: connection refused.`,
    );
  });

  it('waits for a permission that comes with the instance', async () => {
    bench.portal.refuse = () => ({
      status: 403,
      code: 'not-allowed',
      fields: { permission: 'akko.instance.read' },
    });
    then(() => {
      bench.portal.refuse = () => undefined;
      show({})();
    });
    expect(await run()).toMatchObject({ state: 'succeeded' });
    expect(bench.task.lines[0]).toContain(
      'you may not see it (akko.instance.read)',
    );
  });

  it('does without a job catalogue where the chart has none', async () => {
    show({ chartVersion: undefined })();
    expect(await run()).toMatchObject({ operation: 'op-1' });
    expect(bench.task.lines[0]).toContain(
      'Its job catalogue was not seen yet.',
    );
  });

  it('fails when it does not come in time, and says what was missing', async () => {
    await expect(run({ waitForInstance: { minutes: 20 } })).rejects.toThrow(
      `${REF} was not there within 20 min. The portal does not know the instance yet. See that helm install ran`,
    );
  });

  it('makes no Job of its own while Helm may still make it', async () => {
    show({ jobs: [notStarted('minio-init')] })();
    await expect(run()).rejects.toThrow(
      `${REF} is there, but within 20 min Helm did not start all of its init jobs. Helm has not started minio-init yet. Nothing was asked for.`,
    );
    expect(bench.portal.asked()).toEqual([]);
  });

  it('fails at once for a cluster that nobody has configured', async () => {
    bench.portal.refuse = () => ({
      status: 404,
      code: 'unknown-cluster',
      message: "There is no cluster 'prod-eu'",
    });
    await expect(run()).rejects.toThrow("There is no cluster 'prod-eu'.");
    expect(bench.portal.seen).toHaveLength(1);
  });

  it('remembers after a crash that Helm was installing it', async () => {
    then(show({ jobs: [installed('minio-init', 'running')] }), () => {
      throw new Error('the process dies');
    });
    await expect(run()).rejects.toThrow('the process dies');
    then();
    show({ jobs: [installed('minio-init', 'succeeded')] })();
    expect(await run()).toMatchObject({ joined: true });
    expect(bench.portal.asked()).toEqual([]);
  });
});
