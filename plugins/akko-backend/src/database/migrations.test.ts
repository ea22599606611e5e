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

  it('tell what made the runs that are there already, and lose none on the way back', async () => {
    const client = await (await create()).getClient();
    const directory = resolvePackagePath(
      '@akko/backstage-plugin-akko-backend',
      'migrations',
    );
    const name = '20261125120000_run_triggers.js';
    await client.migrate.up({ directory, name: '20261123120000_runs.js' });
    const triggers = [
      { type: 'helm', revision: 14 },
      { type: 'helm' },
      { type: 'portal', by: 'user:default/ana', reason: 'odd \u0000 \ud800' },
    ];
    // More than are filled in one statement.
    const rows = Array.from({ length: 601 }, (_, index) => ({
      id: `run-${String(index).padStart(4, '0')}`,
      cluster: 'prod',
      uid: `uid-${index}`,
      namespace: 'akko',
      release: 'akko',
      name: 'minio-init',
      kind: 'init',
      job_name: 'akko-minio-init',
      state: 'succeeded',
      trigger: JSON.stringify(triggers[index % 3]),
      created_at: '2026-11-01T10:00:00.000Z',
      attempts: '[]',
      events: '[]',
      live: false,
      updated_at: '2026-11-01T10:00:00.000Z',
    }));
    await client.batchInsert('runs', rows, 50);
    const log = { run_id: 'run-0000', attempt: 1, content: Buffer.from('x') };
    await client('run_logs').insert(log);

    await client.migrate.up({ directory, name });
    const filled = await client('runs')
      .orderBy('id')
      .select('trigger_type', 'revision');
    expect(filled).toEqual(
      rows.map(({ trigger }) => {
        const { type, revision = null } = JSON.parse(trigger);
        return { trigger_type: type, revision };
      }),
    );

    await client.migrate.down({ directory, name });
    const columns = await client('runs').columnInfo();
    expect(columns).not.toHaveProperty('trigger_type');
    expect(columns).not.toHaveProperty('revision');
    await expect(client('runs').pluck('id')).resolves.toHaveLength(601);
    await expect(client('run_logs').pluck('run_id')).resolves.toEqual([
      'run-0000',
    ]);
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
