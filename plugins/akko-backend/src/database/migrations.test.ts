import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { applyMigrations } from './applyMigrations';
import { testDatabases } from './testing/testDatabases';

const TABLES = [
  'runs',
  'run_logs',
  'run_manifests',
  'instance_snapshots',
  'operations',
  'operation_steps',
];

describe.each(testDatabases())('migrations on $name', ({ create }) => {
  it('make every table, take it back, and make it again', async () => {
    const database = await create();
    const client = await applyMigrations(database);
    const directory = resolvePackagePath(
      '@akko/backstage-plugin-akko-backend',
      'migrations',
    );

    for (const table of TABLES) {
      await expect(client.schema.hasTable(table)).resolves.toBe(true);
    }
    await client.migrate.rollback({ directory }, true);
    for (const table of TABLES) {
      await expect(client.schema.hasTable(table)).resolves.toBe(false);
    }
    await client.migrate.latest({ directory });
    await expect(client.schema.hasTable('runs')).resolves.toBe(true);
  });

  it('are applied once when several stores ask at the same time', async () => {
    const database = await create();
    const clients = await Promise.all([
      applyMigrations(database),
      applyMigrations(database),
    ]);
    expect(clients[0]).toBe(clients[1]);
  });

  it('are waited for while another replica applies them', async () => {
    const { getClient } = await create();
    const replica = () => applyMigrations({ getClient });
    await expect(Promise.all([replica(), replica()])).resolves.toHaveLength(2);
  });

  it('are not applied where the deployment skips them', async () => {
    const database = await create();
    const client = await applyMigrations({
      ...database,
      migrations: { skip: true },
    });
    await expect(client.schema.hasTable('runs')).resolves.toBe(false);
  });
});
