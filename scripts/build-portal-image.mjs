#!/usr/bin/env node
// Puts together what the image of the portal is made of, in packages/backend/dist/image: `dependencies`, the packages that run in production, and
// `app`, our own code with the frontend. No package needs to be compiled, so this is done here rather than in the image: the same on every
// machine, from the same cache as every other install.
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { bootstrap, npmRegistry } from './bootstrap.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

const backend = join(root, 'packages/backend');
const image = join(backend, 'dist/image');
const dependencies = join(image, 'dependencies');
const app = join(image, 'app');

/** Nothing reads them at run time, and they are half of all files. Schemas of configuration are JSON once they are published. */
const needlessInDependencies = /\.map$|\.md$|\.d\.[cm]?ts$/;
/** The frontend's would be most of what it weighs. */
const needlessInApp = /\.map$/;
/** PostgreSQL is what several replicas share. */
const packagesNotUsed = ['better-sqlite3'];

async function main() {
  const env = await bootstrap(line => console.log(line));
  Object.assign(env, await npmRegistry(env), { CI: '1' });

  console.log('Building backend and frontend');
  await succeed('yarn', ['build'], { cwd: backend, env });
  rmSync(image, { recursive: true, force: true });
  await unpack('skeleton.tar.gz', dependencies);
  await unpack('bundle.tar.gz', app);

  console.log('Installing the packages that run in production');
  for (const file of ['package.json', 'yarn.lock', '.yarnrc.yml']) {
    copyFileSync(join(root, file), join(dependencies, file));
  }
  // Whatever machine this is, the image has Linux.
  appendFileSync(
    join(dependencies, '.yarnrc.yml'),
    '\nsupportedArchitectures:\n  os: [linux]\n  cpu: [x64, arm64]\n  libc: [glibc]\n',
  );
  await succeed('yarn', ['workspaces', 'focus', '--all', '--production'], {
    cwd: dependencies,
    env,
  });

  for (const name of packagesNotUsed) {
    rmSync(join(dependencies, 'node_modules', name), { recursive: true });
  }
  // Yarn's own notes.
  rmSync(join(dependencies, '.yarn'), { recursive: true, force: true });
  removeNeedless(dependencies, needlessInDependencies);
  removeNeedless(app, needlessInApp);
  for (const file of ['app-config.yaml', 'app-config.production.yaml']) {
    copyFileSync(join(root, file), join(app, file));
  }
  console.log(
    'Ready for: docker build -t akko/akko-portal:<version> packages/backend',
  );
}

async function unpack(archive, folder) {
  mkdirSync(folder, { recursive: true });
  const file = join(backend, 'dist', archive);
  await succeed('tar', ['-xzf', file, '-C', folder], { env: process.env });
}

function removeNeedless(folder, needless) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      removeNeedless(path, needless);
    } else if (needless.test(entry.name)) {
      rmSync(path);
    }
  }
}

/** Shows what a command says only when it fails. */
async function succeed(command, args, options) {
  const { code, stdout } = await run(command, args, {
    ...options,
    capture: true,
  });
  if (code !== 0) {
    throw new Error(
      `${stdout}\n${command} ${args.join(' ')} ended with exit code ${code}.`,
    );
  }
}

main().catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
