#!/usr/bin/env node
// Brings Node 24 and Yarn 4 through npm when the machine has none that fit, and installs the dependencies.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './lib/processes.mjs';
import { root, toolsFolder } from './lib/paths.mjs';

const installSteps = {
  Resolution: 'reading the lock file',
  Fetch: 'fetching packages',
  Link: 'putting them in place',
};
const onWindows = process.platform === 'win32';
const supportedNode = [22, 24];
const yarnVersion = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
).packageManager.split('@')[1];

/** Whether we were called by Yarn, hence by somebody who has Node and Yarn and installs by hand. */
export const calledByYarn = (
  process.env.npm_config_user_agent ?? ''
).startsWith('yarn/');

/**
 * Makes the repository ready to run.
 * @param {(line: string) => void} say
 * @returns {Promise<NodeJS.ProcessEnv>} the environment for every further command: `node` and `yarn` on its PATH fit
 * @throws Error with the failed step and what to do
 */
export async function bootstrap(say) {
  const env = await provideTools(say);
  if (calledByYarn) {
    if (!existsSync(join(root, 'node_modules'))) {
      throw new Error('Nothing is installed yet. Run: yarn install');
    }
    return env;
  }
  await install(env, say);
  return env;
}

async function provideTools(say) {
  const nodeFits = supportedNode.includes(
    Number(process.versions.node.split('.')[0]),
  );
  if (nodeFits && (calledByYarn || (await hasYarn()))) return process.env;

  const binaries = join(toolsFolder, 'node_modules', '.bin');
  const env = { ...process.env };
  const pathKey = Object.keys(env).find(key => /^path$/i.test(key)) ?? 'PATH';
  env[pathKey] = `${binaries}${delimiter}${env[pathKey]}`;

  const wanted = [
    ...(nodeFits ? [] : [`${nodePackage()}@24`]),
    `@yarnpkg/cli-dist@${yarnVersion}`,
  ];
  const stamp = join(toolsFolder, 'stamp');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted.join(' ')) {
    say(nodeFits ? 'Fetching Yarn 4' : 'Fetching Node 24 and Yarn 4');
    mkdirSync(toolsFolder, { recursive: true });
    writeFileSync(join(toolsFolder, 'package.json'), '{ "private": true }\n');
    const { code } = await npm([
      'install',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      ...wanted,
    ]);
    if (code !== 0) {
      throw new Error(
        `npm could not fetch ${wanted.join(' and ')} (exit code ${code}). ` +
          'Check that npm reaches its registry: npm ping',
      );
    }
    writeFileSync(stamp, wanted.join(' '));
  }
  return env;
}

/**
 * The npm package with Node's binary for this machine. The package `node` would choose it by an install script, which npm may not be
 * allowed to run.
 */
function nodePackage() {
  const platform = onWindows ? 'win' : process.platform;
  const prefix =
    platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${process.arch}`;
}

async function hasYarn() {
  try {
    const { code, stdout } = await run('yarn', ['--version'], {
      cwd: root,
      env: { ...process.env, COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' },
      capture: true,
    });
    return code === 0 && stdout.trim().startsWith('4.');
  } catch {
    return false;
  }
}

async function install(env, say) {
  const stamp = join(root, 'node_modules', '.installed');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'yarn.lock')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;

  say('Installing dependencies, about 1 GiB the first time');
  const { code, stdout } = await run('yarn', ['install', '--immutable'], {
    cwd: root,
    env: { ...env, ...(await npmRegistry(env)) },
    capture: true,
    // Its warnings are about peers of peers; they would bury what matters.
    onLine: line => {
      const step = /┌ (Resolution|Fetch|Link) step/.exec(line);
      if (step) say(`  ${installSteps[step[1]]}`);
    },
  });
  if (code !== 0) {
    throw new Error(`${stdout}\nyarn install ended with exit code ${code}.`);
  }
  writeFileSync(stamp, lock);
}

/** Yarn does not read npm's configuration, so a machine that has only npm set up would not reach its registry. */
export async function npmRegistry(env) {
  if (env.YARN_NPM_REGISTRY_SERVER) return {};
  const { stdout } = await npm(['config', 'get', 'registry'], true);
  const registry = stdout.trim().replace(/\/$/, '');
  if (!URL.canParse(registry)) return {};
  const { protocol, hostname } = new URL(registry);
  return {
    YARN_NPM_REGISTRY_SERVER: registry,
    ...(protocol === 'http:' && {
      YARN_UNSAFE_HTTP_WHITELIST: JSON.stringify([hostname]),
    }),
  };
}

function npm(args, capture = false) {
  const script = process.env.npm_execpath;
  const options = { cwd: capture ? root : toolsFolder, capture };
  return script?.includes('npm')
    ? run(process.execPath, [script, ...args], options)
    : run('npm', args, options);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  bootstrap(line => console.log(line)).catch(error => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
