import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  describeContract,
  type ContractTarget,
} from './support/describeContract';
import { shellJob } from './support/objects';
import { findProgram, runProgram } from './support/programs';

const helms = [
  findProgram('helm', 'AKKO_HELM'),
  findProgram('helm3', 'AKKO_HELM3'),
].filter(binary => binary !== undefined);

/** A chart of one Job that Helm leaves alone and one that it runs as a hook; `values.said` changes both templates. */
function writeChart(folder: string): string {
  const chart = join(folder, 'chart');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(
    join(chart, 'Chart.yaml'),
    JSON.stringify({ apiVersion: 'v2', name: 'demo', version: '0.1.0' }),
  );
  const plain = shellJob(
    '{{ .Release.Name }}-plain',
    'echo {{ .Values.said }}',
  );
  const hook = shellJob('{{ .Release.Name }}-hook', 'echo {{ .Values.said }}');
  Object.assign(hook.metadata, {
    annotations: {
      'helm.sh/hook': 'post-install,post-upgrade',
      'helm.sh/hook-delete-policy': 'before-hook-creation',
    },
  });
  writeFileSync(join(chart, 'templates', 'plain.yaml'), JSON.stringify(plain));
  writeFileSync(join(chart, 'templates', 'hook.yaml'), JSON.stringify(hook));
  return chart;
}

function helmTests(target: ContractTarget): void {
  let folder: string;
  let chart: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kube-sandbox-'));
    chart = writeChart(folder);
    writeFileSync(join(folder, 'kubeconfig'), target.kubeconfig, {
      mode: 0o600,
    });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const helm = (binary: string, ...command: string[]) =>
    runProgram(binary, [
      ...command,
      `--kubeconfig=${join(folder, 'kubeconfig')}`,
      `--namespace=${target.namespace}`,
    ]);

  const job = async (name: string) =>
    (await target.api.get(target.batch(`jobs/${name}`))).body;

  // Without any, all of it is skipped; a table may not be empty even then.
  describe.each(helms.length > 0 ? helms : ['helm'])('with %s', binary => {
    const release = binary.replace(/\W/g, '-').replace(/^-/, '');

    const upgrade = (said: string) =>
      helm(binary, 'upgrade', release, chart, `--set=said=${said}`, '--wait');

    it('runs hooks again, and leaves a Job of the same template alone', async () => {
      const installed = await helm(
        binary,
        'install',
        release,
        chart,
        '--set=said=one',
        '--wait',
      );
      expect([installed.code, installed.stderr]).toEqual([0, '']);
      const before = await job(`${release}-plain`);
      expect(before.metadata).toMatchObject({
        labels: { 'app.kubernetes.io/managed-by': 'Helm' },
        annotations: { 'meta.helm.sh/release-name': release },
      });
      const hook = await job(`${release}-hook`);
      expect((await upgrade('one')).code).toBe(0);
      expect((await job(`${release}-plain`)).metadata.uid).toBe(
        before.metadata.uid,
      );
      expect((await job(`${release}-hook`)).metadata.uid).not.toBe(
        hook.metadata.uid,
      );
    });

    it('cannot change the template of a Job that is still there', async () => {
      const { code, stderr } = await upgrade('two');
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /UPGRADE FAILED: .*spec\.template: Invalid value: [\s\S]*field is immutable/,
      );
    });

    it('makes a Job that is gone', async () => {
      const before = await job(`${release}-plain`);
      await target.api.delete(
        target.batch(`jobs/${release}-plain?propagationPolicy=Background`),
      );
      const { code, stderr } = await upgrade('three');
      expect([code, stderr]).toEqual([0, '']);
      expect((await job(`${release}-plain`)).metadata.uid).not.toBe(
        before.metadata.uid,
      );
    });

    it('accepts a Job that someone else made again as it was', async () => {
      const before = await job(`${release}-plain`);
      await target.api.delete(
        target.batch(`jobs/${release}-plain?propagationPolicy=Background`),
      );
      const { labels, annotations } = before.metadata;
      const manifest = shellJob(`${release}-plain`, 'echo three');
      const made = await target.api.post(target.batch('jobs'), {
        ...manifest,
        metadata: {
          name: manifest.metadata.name,
          labels: {
            'app.kubernetes.io/managed-by':
              labels['app.kubernetes.io/managed-by'],
          },
          annotations,
        },
      });
      expect(made.status).toBe(201);
      const { code, stderr } = await upgrade('three');
      expect([code, stderr]).toEqual([0, '']);
      expect((await job(`${release}-plain`)).metadata.uid).toBe(
        made.body.metadata.uid,
      );
    });

    it('takes its objects away', async () => {
      const { code } = await helm(binary, 'uninstall', release, '--wait');
      expect(code).toBe(0);
      expect((await job(`${release}-plain`)).code).toBe(404);
    });
  });
}

describeContract('helm', helmTests, { skip: helms.length === 0 });
