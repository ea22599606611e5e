import type { PostgresPeer } from './PostgresPeer';
import { kubectl } from './services';

/**
 * Databases and roles whose names begin so, as the pod's own pg_dump and the catalog tell them.
 * @param pod - the pod of the server
 */
export async function dumpOf(
  pod: string,
  peer: PostgresPeer,
  prefix: string,
): Promise<string> {
  const roles = await peer.ask(
    'postgres',
    `SELECT rolname, rolcanlogin, rolpassword FROM pg_authid WHERE starts_with(rolname, '${prefix}') ORDER BY 1`,
  );
  const databases = await peer.ask(
    'postgres',
    `SELECT datname FROM pg_database WHERE starts_with(datname, '${prefix}') ORDER BY 1`,
  );
  const dumps = databases.map(([name]) =>
    kubectl(
      ...['exec', pod, '--', 'env', `PGPASSWORD=${peer.password}`],
      ...['pg_dump', '-h', '/tmp', '-U', 'postgres', '--create', String(name)],
    )
      // A word by chance, against injection.
      .replace(/^\\(un)?restrict .*$/gm, ''),
  );
  return [JSON.stringify(roles), ...dumps].join('\n');
}

/** What the names of a test's databases and roles begin with, so that it can be told from all others of a shared server. */
export function ownPrefix(): string {
  return `t_${Math.random().toString(36).slice(2, 8)}_`;
}
