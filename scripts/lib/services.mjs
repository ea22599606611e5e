// The real services of an AKKO release on the testbed: PostgreSQL, S3, Keycloak, a directory, Superset, Trino, LiteLLM, and a stand-in for Polaris.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { toolsFolder } from './paths.mjs';
import { run } from './processes.mjs';

const DEBIAN = 'docker.io/library/debian:trixie-slim';
/** As the testbed builds images: without a container engine. */
const BUILDAH = { BUILDAH_ISOLATION: 'chroot', STORAGE_DRIVER: 'overlay' };
/** Marks a Debian image that has what is missing. */
const COMPLETE = 'io.akko.man1';

async function succeed(command, args, env = process.env) {
  const { code } = await run(command, args, { env });
  if (code !== 0) {
    throw new Error(
      `${command} ${args.join(' ')} ended with exit code ${code}`,
    );
  }
}

/**
 * Builds the images of the services, where they are not there yet, without starting anything.
 * @param {string} testbed path of the testbed's program
 * @param {string[]} names of some services; all of them if left out
 */
export async function buildServiceImages(testbed, names = []) {
  await succeed(testbed, ['image', 'base']);
  await completeDebian();
  await succeed(testbed, ['image', 'node']);
  await succeed(writableCopy(testbed), ['images', ...names]);
}

/**
 * Builds images where needed, starts services in namespace akko, and waits until they are ready.
 * @param {string} testbed path of the testbed's program
 * @param {string[]} names of some services; all of them if left out
 */
export async function startServices(testbed, names = []) {
  await buildServiceImages(testbed, names);
  await succeed(writableCopy(testbed), ['up', ...names]);
}

/**
 * Builds an image and loads it into the cluster.
 * @param {string} testbed path of the testbed's program
 */
export async function buildImage(testbed, name, folder) {
  await succeed(testbed, ['image', 'node']);
  // Without times, the same sources are the same image.
  await succeed(testbed, ['image', 'build', name, folder, '--timestamp', '0']);
}

/** The testbed's Debian lacks a folder that the packages of Java write manual pages to. */
async function completeDebian() {
  const env = { ...process.env, ...BUILDAH };
  const format = '{{.OCIv1.Config.Labels}}';
  const { stdout } = await run(
    'buildah',
    ['inspect', '--type', 'image', '--format', format, DEBIAN],
    { env, capture: true },
  );
  if (stdout.includes(COMPLETE)) return;
  const folder = mkdtempSync(join(tmpdir(), 'akko-debian-'));
  try {
    writeFileSync(
      join(folder, 'Containerfile'),
      `FROM ${DEBIAN}\nRUN mkdir -p /usr/share/man/man1\nLABEL ${COMPLETE}=true\n`,
    );
    await succeed('buildah', ['bud', '-q', '-t', DEBIAN, folder], env);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The testbed's services with files that their owner may write: images take over the modes of the files that they are built from, and the
 * directory's start changes a copy of one.
 */
function writableCopy(testbed) {
  const from = dirname(testbed);
  const to = join(toolsFolder, 'testbed');
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from)) {
    if (entry !== 'services' && entry !== 'services.d' && entry !== 'testbed') {
      symlinkSync(join(from, entry), join(to, entry));
    }
  }
  for (const entry of ['services', 'services.d', 'testbed']) {
    cpSync(join(from, entry), join(to, entry), { recursive: true });
  }
  makeWritable(to);
  return join(to, 'services');
}

function makeWritable(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) continue;
    chmodSync(path, statSync(path).mode | 0o200);
    if (entry.isDirectory()) makeWritable(path);
  }
}

/** Whether there is a testbed at this path. */
export function hasTestbed(testbed) {
  return existsSync(testbed);
}
