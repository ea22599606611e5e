import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { DoorsPortal } from './__testUtils__/DoorsPortal';

jest.setTimeout(60_000);

const INSTANCE = 'prod/akko/akko';
const POSTGRES = { instance: INSTANCE, backup: 'backup-postgres' };

/** What a tool answered. */
interface Answer {
  isError: boolean;
  text: string;
}

describe('The session of an MCP client', () => {
  let portal: DoorsPortal;
  let client: Client;

  beforeAll(async () => {
    portal = await DoorsPortal.start([]);
    await portal.install({ namespace: 'akko', release: 'akko' });
  });
  afterAll(() => portal?.stop());
  afterEach(() => client.close());

  async function connect(token: string): Promise<void> {
    client = new Client({ name: 'a client', version: '1.0.0' });
    await client.connect(
      new StreamableHTTPClientTransport(
        new URL(`${portal.portal.url}/api/mcp-actions/v1`),
        { requestInit: { headers: { authorization: `Bearer ${token}` } } },
      ),
    );
  }

  async function call(name: string, input: object): Promise<Answer> {
    const { content, isError } = await client.callTool({
      name: `akko.${name}`,
      arguments: { ...input },
    });
    return {
      isError: isError === true,
      text: (content as { text: string }[]).map(({ text }) => text).join('\n'),
    };
  }
  const answer = async (name: string, input: object) =>
    JSON.parse((await call(name, input)).text.replace(/^```json|```$/g, ''));

  it('finds each tool with what it does and when to use it', async () => {
    await connect(portal.tokens.operator);
    const { tools } = await client.listTools();
    const told = tools
      .filter(({ name }) => name.startsWith('akko.'))
      .map(({ annotations, description, name }) => {
        expect(description).toContain('When to use: ');
        const { destructiveHint, idempotentHint, readOnlyHint } =
          annotations ?? {};
        return [name, readOnlyHint, destructiveHint, idempotentHint];
      });
    // Name, only reads, may destroy, the same again changes nothing.
    expect(told).toEqual([
      ['akko.list-instances', true, false, true],
      ['akko.get-instance', true, false, true],
      ['akko.list-runs', true, false, true],
      ['akko.get-run-log', true, false, true],
      ['akko.get-findings', true, false, true],
      ['akko.list-backups', true, false, true],
      ['akko.get-operation', true, false, true],
      ['akko.bootstrap-instance', false, false, true],
      ['akko.run-init-job', false, false, true],
      ['akko.run-backup', false, true, false],
      ['akko.run-drill', false, false, false],
      ['akko.set-backup-suspended', false, true, true],
    ]);
  });

  it('goes from what is there to a backup that is taken, and to its log', async () => {
    await connect(portal.tokens.operator);
    const { items, totals } = await answer('list-instances', {});
    expect(items).toMatchObject([
      {
        ref: INSTANCE,
        health: 'healthy',
        link: `https://portal.example.com/akko/${INSTANCE}`,
      },
    ]);
    expect(totals).toMatchObject({ total: 1, healthy: 1 });

    const { plan } = await answer('run-backup', { ...POSTGRES, dryRun: true });
    expect(plan.steps).toMatchObject([{ job: 'backup-postgres' }]);

    const asked = { ...POSTGRES, idempotencyKey: 'session-1' };
    const first = await answer('run-backup', asked);
    const again = await answer('run-backup', asked);
    expect(again.operation.id).toBe(first.operation.id);
    const { operation } = await answer('get-operation', {
      operation: first.operation.id,
      waitSeconds: 30,
    });
    expect(operation).toMatchObject({
      state: 'succeeded',
      requestedBy: 'user:default/ana',
    });
    const log = await answer('get-run-log', {
      run: operation.steps[0].run,
      lines: 1,
    });
    expect(log.text).toContain('akko-warehouse: written');
    const runs = await answer('list-runs', {
      instance: INSTANCE,
      job: 'backup-postgres',
    });
    expect(runs.items).toHaveLength(1);
    expect(runs.items[0].trigger).toMatchObject({ type: 'action' });
  });

  it('pauses a schedule once, with a reason, and resumes it', async () => {
    await connect(portal.tokens.operator);
    const pause = { ...POSTGRES, suspended: true, waitSeconds: 30 };
    const refused = await call('set-backup-suspended', pause);
    expect(refused).toMatchObject({
      isError: true,
      text: expect.stringContaining('reason'),
    });
    const paused = await answer('set-backup-suspended', {
      ...pause,
      reason: 'maintenance',
    });
    expect(paused.operation).toMatchObject({
      action: 'suspend',
      state: 'succeeded',
    });
    const again = await answer('set-backup-suspended', {
      ...pause,
      reason: 'maintenance',
    });
    expect(again.operation).toBeUndefined();
    const resumed = await answer('set-backup-suspended', {
      ...pause,
      suspended: false,
    });
    expect(resumed.operation).toMatchObject({
      action: 'resume',
      state: 'succeeded',
    });
  });

  it('is told which permission is missing, and of nothing that it may not see', async () => {
    await connect(portal.tokens.reader);
    expect(await call('run-backup', POSTGRES)).toMatchObject({
      isError: true,
      text: expect.stringContaining('akko.backup.run'),
    });
    await client.close();
    await connect(portal.tokens.visitor);
    const denied = await call('list-instances', {});
    expect(denied.isError).toBe(true);
    expect(denied.text).toContain('akko.instance.read');
    expect(denied.text).not.toContain('akko/akko');
  });

  it.each([
    ['an instance without its namespace', { instance: 'akko' }],
    ['an instance that is not there', { instance: 'prod/akko/other' }],
    ['a cluster that is not there', { instance: 'mars/akko/akko' }],
  ])('gets a clear error for %s', async (_, input) => {
    await connect(portal.tokens.operator);
    const { isError, text } = await call('get-instance', input);
    expect(isError).toBe(true);
    expect(text).toMatch(/cluster\/namespace\/release|akko\/other|'mars'/);
  });
});
