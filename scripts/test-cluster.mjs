#!/usr/bin/env node
// Runs the suites that need a real cluster: the one of KUBECONFIG.
import { mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.mjs';
import { findChromium } from './lib/chromium.mjs';
import { root, toolsFolder } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';
import { TestTotals } from './lib/testTotals.mjs';

const { values: options } = parseArgs({
  options: { testbed: { type: 'string' } },
});
const results = join(toolsFolder, 'results-cluster');
/** Suites that stop the API server, so that nothing may run beside them. */
const BREAKING = '(outage|clusters).cluster.test';

async function main() {
  const env = await bootstrap(line => console.log(line));
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const kubeconfig = process.env.KUBECONFIG ?? join(homedir(), '.kube/config');
  const totals = new TestTotals();

  const cluster = {
    AKKO_CLUSTER_KUBECONFIG: kubeconfig,
    ...(options.testbed && { AKKO_TESTBED: resolve(options.testbed) }),
  };
  const suite = async ({ name, title, folder, args, extra }) => {
    console.log(`\n== ${title}`);
    const file = join(results, `${name}.json`);
    const { code } = await run(
      'yarn',
      [
        'backstage-cli',
        'package',
        'test',
        '--watch=false',
        '--testTimeout=30000',
        '--runInBand',
        '--json',
        `--outputFile=${file}`,
        ...args,
      ],
      { cwd: join(root, folder), env: { ...env, CI: '1', ...extra } },
    );
    totals.addJest(title, file, code);
  };

  // Both work in namespaces of their own, and mostly wait.
  await Promise.all([
    suite({
      name: 'contract',
      title: 'The contract of the Kubernetes API, on the real server',
      folder: 'packages/kube-sandbox',
      args: ['contract'],
      extra: { AKKO_CONTRACT_KUBECONFIG: kubeconfig },
    }),
    suite({
      name: 'backend',
      title: 'The backend on the real cluster',
      folder: 'plugins/akko-backend',
      args: ['cluster.test', '--testPathIgnorePatterns', BREAKING],
      extra: cluster,
    }),
  ]);
  await suite({
    name: 'breaking',
    title: 'The backend while the API server of the real cluster goes away',
    folder: 'plugins/akko-backend',
    args: [BREAKING],
    extra: cluster,
  });

  console.log('\n== The journey in the browser, on the real cluster');
  const chromium = findChromium();
  if (chromium) {
    const file = join(results, 'playwright.json');
    const { code } = await run('yarn', ['e2e:cluster'], {
      cwd: root,
      env: {
        ...env,
        CI: '1',
        KUBECONFIG: kubeconfig,
        AKKO_CHROMIUM: chromium,
        PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      },
    });
    totals.addPlaywright('journey', file, code);
  } else {
    console.log('Skipped: no Chromium or Chrome here.');
  }
  return totals.print();
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    console.error(`\n${error.message}\n\n0 passed, 1 failed`);
    process.exitCode = 1;
  },
);
