import type { JobContext } from '../core/Job';
import type { DatabasesConfig } from './databasesConfig';
import { identifier, literal, type PostgresDatabase } from './PostgresServer';
import { scramVerifier } from './scramVerifier';

/** Makes the roles that shall own databases, where they are not there. A role that is there stays as it is, its password too. */
export async function ensureRoles(
  server: PostgresDatabase,
  { config, secrets, changes }: JobContext<DatabasesConfig>,
): Promise<void> {
  const { ownerRole, databases } = config;
  const password = secrets.find(ownerRole.password);
  const names = new Set([
    ownerRole.name,
    ...databases.flatMap(({ owner }) => owner ?? []),
  ]);
  const found = await server.query<{ rolname: string; rolcanlogin: boolean }>(
    'list roles',
    'SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname = ANY ($1)',
    [[...names]],
  );
  for (const name of names) {
    const hasLogin = name === ownerRole.name && password !== undefined;
    const role = { kind: 'role', name };
    const there = found.find(({ rolname }) => rolname === name);
    if (there) {
      changes.unchanged(
        hasLogin && !there.rolcanlogin
          ? { ...role, note: 'cannot log in, kept' }
          : role,
      );
      continue;
    }
    await changes.create(
      hasLogin ? role : { ...role, note: 'without a login' },
      () =>
        server.create(
          `create the role ${name}`,
          `CREATE ROLE ${identifier(name)} ${
            hasLogin
              ? `LOGIN PASSWORD ${literal(scramVerifier(password))}`
              : 'NOLOGIN'
          }`,
        ),
    );
  }
}
