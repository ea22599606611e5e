import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ErrorCode } from '../../core/JobError';
import type { PostgresConfig } from '../../postgres/postgresConfig';
import { together } from '../together';
import { libpqEnvironment } from './connection';
import {
  feed,
  killing,
  startTool,
  textOf,
  type ToolContext,
} from './PostgresTool';

const NAME = 'akko-init-';

/**
 * What needs more of a server than a scratch database has: roles by name (policies, user mappings), and replication, which would keep the scratch
 * from being dropped.
 */
const NOT_RESTORED =
  /^\d+; \d+ \d+ (POLICY|USER MAPPING|PUBLICATION|SUBSCRIPTION)\b/;

/**
 * The table of contents of a dump, as `pg_restore --list` tells it.
 * @param otherwise - the code of the error when it is no dump
 */
export async function listDump(
  source: Readable,
  file: string,
  { secrets, signal }: ToolContext,
  otherwise?: ErrorCode,
): Promise<string> {
  const tool = startTool('pg_restore', {
    args: ['--list'],
    secrets,
    signal,
    doing: `list what is in ${file}`,
    otherwise,
  });
  const [text] = await together(killing(tool), [
    textOf(tool.stdout),
    feed(source, tool),
    tool.finished,
  ]);
  return text;
}

/** The table of contents without what a drill does not restore; undefined when it has nothing of the kind. */
export function restorableEntries(list: string): string | undefined {
  const lines = list.split('\n');
  const restored = lines.filter(line => !NOT_RESTORED.test(line));
  return restored.length < lines.length ? restored.join('\n') : undefined;
}

/**
 * Restores a dump into an empty database. Owners, privileges, security labels and tablespaces are left out: they need the roles and folders of the
 * server that was dumped, which a drill must not make on a server that others use. It proves the data, and that they can be read.
 */
export async function restoreDump(
  source: Readable,
  options: { file: string; list: string; database: string },
  config: PostgresConfig,
  { secrets, signal }: ToolContext,
): Promise<void> {
  const { file, list, database } = options;
  await withListFile(restorableEntries(list), async useList => {
    const tool = startTool('pg_restore', {
      args: [
        '--exit-on-error',
        '--no-owner',
        '--no-privileges',
        '--no-security-labels',
        '--no-tablespaces',
        '--no-password',
        `--dbname=${database}`,
        ...useList,
      ],
      env: libpqEnvironment(config, secrets, database),
      secrets,
      signal,
      doing: `restore ${file}`,
      otherwise: 'conflict',
    });
    await together(killing(tool), [
      textOf(tool.stdout),
      feed(source, tool),
      tool.finished,
    ]);
  });
}

/** pg_restore takes a list of entries only from a file. */
async function withListFile(
  entries: string | undefined,
  work: (args: string[]) => Promise<void>,
): Promise<void> {
  if (entries === undefined) {
    await work([]);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), NAME)).catch(() =>
    // In a container whose own file system is read-only.
    mkdtemp(join('/dev/shm', NAME)),
  );
  try {
    const file = join(folder, 'list');
    await writeFile(file, entries);
    await work([`--use-list=${file}`]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
