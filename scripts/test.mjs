#!/usr/bin/env node
// Runs everything that needs no cluster. Called by Yarn it is Backstage's own test command, as in any Backstage repository.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, calledByYarn } from './bootstrap.mjs';
import { findChromium } from './lib/chromium.mjs';
import { root, toolsFolder } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

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

  const totals = { passed: 0, failed: 0 };
  const problems = [];
  const count = ({ passed, failed }) => {
    totals.passed += passed;
    totals.failed += failed;
  };
  const quietEnv = { ...env, CI: '1', NO_COLOR: '1' };
  const yarn = async (title, args, extra = {}) => {
    console.log(`\n== ${title}`);
    const { code } = await run('yarn', args, {
      cwd: root,
      env: { ...quietEnv, ...extra },
    });
    if (code !== 0) problems.push(`${title}: exit code ${code}`);
    return code;
  };

  for (const [title, args] of [
    ['Types', ['tsc']],
    ['Lint', ['lint']],
    ['Format', ['prettier:check']],
  ]) {
    // A check that fails is one failure, so that the last line tells the truth.
    if ((await yarn(title, args)) !== 0) totals.failed += 1;
  }

  const jestFile = join(results, 'jest.json');
  const jestCode = await yarn('Unit and integration tests', [
    'backstage-cli',
    'repo',
    'test',
    '--watch=false',
    '--json',
    `--outputFile=${jestFile}`,
  ]);
  count(readJest(jestFile, jestCode));

  const chromium = findChromium();
  if (chromium) {
    const playwrightFile = join(results, 'playwright.json');
    const code = await yarn('Tests in the browser', ['e2e'], {
      AKKO_CHROMIUM: chromium,
      PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightFile,
    });
    count(readPlaywright(playwrightFile, code));
  } else {
    console.log(
      '\n== Tests in the browser\nSkipped: no Chromium or Chrome here. Install one (Debian: apt-get install chromium), or set AKKO_CHROMIUM to its path.',
    );
  }

  if (problems.length > 0) console.log(`\nFailed:\n${problems.join('\n')}`);
  console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
  return totals.failed > 0 || problems.length > 0 ? 1 : 0;
}

function readJest(file, code) {
  if (!existsSync(file)) return { passed: 0, failed: code === 0 ? 0 : 1 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } =
    JSON.parse(readFileSync(file, 'utf8'));
  return {
    passed: numPassedTests,
    failed: numFailedTests + numRuntimeErrorTestSuites,
  };
}

function readPlaywright(file, code) {
  if (!existsSync(file)) return { passed: 0, failed: code === 0 ? 0 : 1 };
  const { stats, errors } = JSON.parse(readFileSync(file, 'utf8'));
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
  };
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
