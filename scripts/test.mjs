#!/usr/bin/env node
// Runs everything that needs no cluster. Called by Yarn it is Backstage's own test command, as in any Backstage repository.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, calledByYarn } from './bootstrap.mjs';
import { findChromium } from './lib/chromium.mjs';
import { root, toolsFolder } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';
import { TestTotals } from './lib/testTotals.mjs';

const results = join(toolsFolder, 'results');

async function main() {
  const env = await bootstrap(line => console.log(line));
  if (calledByYarn) {
    const args = ['repo', 'test', ...process.argv.slice(2)];
    return (await run('yarn', ['backstage-cli', ...args], { cwd: root, env }))
      .code;
  }
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });

  const totals = new TestTotals();
  const yarn = async (title, args, extra = {}) => {
    console.log(`\n== ${title}`);
    const { code } = await run('yarn', args, {
      cwd: root,
      env: { ...env, CI: '1', NO_COLOR: '1', ...extra },
    });
    return code;
  };

  const check = async (title, args) =>
    totals.addCheck(title, await yarn(title, args));
  // The compiler uses one processor.
  await Promise.all([
    check('Types', ['tsc']),
    check('Lint', ['lint']).then(() => check('Format', ['prettier:check'])),
  ]);

  const jest = 'Unit and integration tests';
  const jestFile = join(results, 'jest.json');
  totals.addJest(
    jest,
    jestFile,
    await yarn(jest, [
      'backstage-cli',
      'repo',
      'test',
      '--watch=false',
      // A busy machine is slow; a test that hangs is found all the same.
      '--testTimeout=30000',
      '--json',
      `--outputFile=${jestFile}`,
    ]),
  );

  const chromium = findChromium();
  if (chromium) {
    const browser = 'Tests in the browser';
    const file = join(results, 'playwright.json');
    const code = await yarn(browser, ['e2e'], {
      AKKO_CHROMIUM: chromium,
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    });
    totals.addPlaywright(browser, file, code);
  } else {
    console.log(
      '\n== Tests in the browser\nSkipped: no Chromium or Chrome here. Install one (Debian: apt-get install chromium), or set AKKO_CHROMIUM to its path.',
    );
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
