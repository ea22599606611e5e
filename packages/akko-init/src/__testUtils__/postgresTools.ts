import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Major version of the servers of an AKKO release. */
const MAJOR = 17;
const TOOLS = ['pg_dump', 'pg_dumpall', 'pg_restore', 'psql'];
const LIBRARIES = 'usr/lib/x86_64-linux-gnu';

/**
 * Sees to it that PostgreSQL's client tools are on PATH: those of this machine when they are new enough, else those of the program's own image,
 * which the machine's C library may be too old for and which therefore run with the image's.
 * @returns whether they are there
 */
export function providePostgresTools(): boolean {
  if (majorOnPath() >= MAJOR) {
    return true;
  }
  const folder = fromImage(
    process.env.AKKO_INIT_IMAGE ?? 'localhost/akko/akko-init:dev',
  );
  if (folder) {
    process.env.PATH = [folder, process.env.PATH].join(delimiter);
  }
  return majorOnPath() >= MAJOR;
}

function majorOnPath(): number {
  try {
    const said = execFileSync('pg_dump', ['--version'], {
      encoding: 'utf8',
      // Jest's own, which may have been changed.
      env: process.env,
    });
    return Number(/(\d+)/.exec(said)?.[1]);
  } catch {
    return 0;
  }
}

function fromImage(image: string): string | undefined {
  let container: string | undefined;
  try {
    container = buildah('from', image);
    const id = buildah('inspect', '--format', '{{.FromImageID}}', container);
    const folder = join(tmpdir(), `akko-postgres-tools-${id.slice(0, 12)}`);
    const marker = join(folder, 'complete');
    if (!existsSync(marker)) {
      copyTools(buildah('mount', container), folder);
      writeFileSync(marker, '');
    }
    return join(folder, 'bin');
  } catch {
    return undefined;
  } finally {
    if (container) {
      buildah('rm', container);
    }
  }
}

function copyTools(image: string, folder: string): void {
  const [bin, programs, libraries] = ['bin', 'programs', 'libraries'].map(
    name => join(folder, name),
  );
  mkdirSync(bin, { recursive: true });
  cpSync(join(image, LIBRARIES), libraries, {
    recursive: true,
    verbatimSymlinks: true,
  });
  for (const tool of TOOLS) {
    cpSync(
      join(image, `usr/lib/postgresql/${MAJOR}/bin`, tool),
      join(programs, tool),
    );
    const wrapper = join(bin, tool);
    // pg_dumpall looks for pg_dump beside the name that it was called by.
    writeFileSync(
      wrapper,
      `#!/bin/sh\nexec ${libraries}/ld-linux-x86-64.so.2 --library-path ${libraries} --argv0 ${wrapper} ${programs}/${tool} "$@"\n`,
    );
    chmodSync(wrapper, 0o755);
  }
}

function buildah(...args: string[]): string {
  return execFileSync('buildah', args, {
    encoding: 'utf8',
    env: {
      ...process.env,
      BUILDAH_ISOLATION: 'chroot',
      STORAGE_DRIVER: 'overlay',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}
