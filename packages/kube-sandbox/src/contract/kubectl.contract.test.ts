import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  describeContract,
  type ContractTarget,
} from './support/describeContract';
import { findProgram, kubectl } from './support/programs';
import { observeJob } from './support/jobLife';
import { configMap, shellJob } from './support/objects';

const binary = findProgram('kubectl', 'AKKO_KUBECTL');

function kubectlTests(target: ContractTarget): void {
  let folder: string;
  let kubeconfig: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kube-sandbox-'));
    kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, target.kubeconfig, { mode: 0o600 });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...command: string[]) =>
    kubectl(binary!, { kubeconfig, namespace: target.namespace }, ...command);

  /** @throws Error with kubectl's own words when it fails */
  async function must(...command: string[]): Promise<string> {
    const { code, stdout, stderr } = await run(...command);
    if (code !== 0) {
      throw new Error(`kubectl ${command.join(' ')} failed: ${stderr}`);
    }
    return stdout;
  }

  it('gets objects as a table, by name, and as JSON', async () => {
    await target.api.post(
      target.core('configmaps'),
      configMap('got', { a: '1', b: '2' }),
    );
    expect(await must('get', 'configmap', 'got')).toMatch(
      /^NAME +DATA +AGE\ngot +2 +\d+s\n$/,
    );
    expect(await must('get', 'cm/got', '-o', 'name')).toBe('configmap/got\n');
    expect(
      JSON.parse(await must('get', 'cm', 'got', '-o', 'json')),
    ).toMatchObject({ kind: 'ConfigMap', data: { a: '1', b: '2' } });
    const missing = await run('get', 'configmap', 'nope');
    expect([missing.code, missing.stderr]).toEqual([
      1,
      'Error from server (NotFound): configmaps "nope" not found\n',
    ]);
    const unknown = await run('get', 'foos');
    expect(unknown.stderr).toBe(
      'error: the server doesn\'t have a resource type "foos"\n',
    );
  });

  it('creates from literals, and from files', async () => {
    expect(
      await must('create', 'secret', 'generic', 'made', '--from-literal=a=b'),
    ).toBe('secret/made created\n');
    const secret = await target.api.get(target.core('secrets/made'));
    expect(secret.body.data).toEqual({ a: 'Yg==' });
    const file = join(folder, 'object.json');
    writeFileSync(file, JSON.stringify(configMap('applied', { a: '1' })));
    expect(await must('apply', '-f', file)).toBe('configmap/applied created\n');
    writeFileSync(file, JSON.stringify(configMap('applied', { b: '2' })));
    expect(await must('apply', '-f', file)).toBe(
      'configmap/applied configured\n',
    );
    const applied = await target.api.get(target.core('configmaps/applied'));
    expect(applied.body.data).toEqual({ b: '2' });
  });

  it('labels, annotates and patches', async () => {
    await target.api.post(target.core('configmaps'), configMap('changed'));
    expect(await must('label', 'cm', 'changed', 'a=b')).toBe(
      'configmap/changed labeled\n',
    );
    expect(await must('annotate', 'cm', 'changed', 'c=d')).toBe(
      'configmap/changed annotated\n',
    );
    expect(
      await must('patch', 'cm', 'changed', '-p', '{"data":{"e":"f"}}'),
    ).toBe('configmap/changed patched\n');
    const { body } = await target.api.get(target.core('configmaps/changed'));
    expect(body).toMatchObject({
      metadata: { labels: { a: 'b' }, annotations: { c: 'd' } },
      data: { e: 'f' },
    });
  });

  it('creates a Job from a CronJob', async () => {
    expect(
      await must(
        'create',
        'cronjob',
        'nightly',
        '--image=debian:trixie-slim',
        '--schedule=0 0 1 1 *',
        '--',
        'true',
      ),
    ).toBe('cronjob.batch/nightly created\n');
    expect(await must('get', 'cj', 'nightly')).toMatch(
      /^NAME +SCHEDULE +TIMEZONE +SUSPEND +ACTIVE +LAST SCHEDULE +AGE\nnightly +0 0 1 1 \* +<none> +False +0 +<none> +\d+s\n$/,
    );
    expect(
      await must('create', 'job', 'by-hand', '--from=cronjob/nightly'),
    ).toBe('job.batch/by-hand created\n');
    const cronJob = await target.api.get(target.batch('cronjobs/nightly'));
    const { body } = await target.api.get(target.batch('jobs/by-hand'));
    expect(body.metadata).toMatchObject({
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          name: 'nightly',
          uid: cronJob.body.metadata.uid,
          controller: true,
        },
      ],
    });
    await must('delete', 'job,cronjob', '--all');
  });

  it('waits for a Job, describes it and reads its log', async () => {
    await target.api.post(
      target.batch('jobs'),
      shellJob('awaited', 'echo said; sleep 1'),
    );
    expect(
      await must(
        'wait',
        '--for=condition=complete',
        'job/awaited',
        '--timeout=60s',
      ),
    ).toBe('job.batch/awaited condition met\n');
    expect(await must('logs', 'job/awaited')).toBe('said\n');
    expect(await must('get', 'job', 'awaited')).toMatch(
      /^NAME +STATUS +COMPLETIONS +DURATION +AGE\nawaited +Complete +1\/1 +\d+s +\d+s\n$/,
    );
    const description = await must('describe', 'job', 'awaited');
    expect(description).toMatch(
      /Pods Statuses: +0 Active \(0 Ready\) \/ 1 Succeeded \/ 0 Failed/,
    );
    expect(description).toMatch(
      /Normal +SuccessfulCreate .*job-controller +Created pod: awaited-/,
    );
    expect(description).toMatch(
      /Normal +Completed .*job-controller +Job completed/,
    );
    const pods = await must('get', 'pods', '-l', 'job-name=awaited');
    expect(pods).toMatch(
      /^NAME +READY +STATUS +RESTARTS +AGE\nawaited-\w{5} +0\/1 +Completed +0 +\d+s\n$/,
    );
    expect(await must('describe', 'pods', '-l', 'job-name=awaited')).toMatch(
      /Controlled By: +Job\/awaited/,
    );
  });

  it('follows a log to its end', async () => {
    const life = await observeJob(
      target,
      shellJob('followed', 'echo one; sleep 2; echo two'),
    );
    await life.pods.event(event => event.object.status?.phase === 'Running');
    expect(await must('logs', '-f', 'job/followed')).toBe('one\ntwo\n');
    life.close();
  });

  it('deletes a Job and waits until it is gone', async () => {
    await target.api.post(target.batch('jobs'), shellJob('doomed', 'sleep 60'));
    // Newer ones add from which namespace.
    expect(await must('delete', 'job', 'doomed')).toMatch(
      /^job\.batch "doomed" deleted/,
    );
    const { status } = await target.api.get(target.batch('jobs/doomed'));
    expect(status).toBe(404);
  });

  it('asks what it may do', async () => {
    expect(await must('auth', 'can-i', 'delete', 'jobs')).toBe('yes\n');
  });
}

describeContract('kubectl', kubectlTests, { skip: !binary });
