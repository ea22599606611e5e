import { eventually } from '../acceptance/__testUtils__/eventually';
import { KeyServer } from './__testUtils__/KeyServer';
import { install } from './__testUtils__/portalRelease';
import {
  OPERATOR,
  READER,
  SandboxPortal,
  STRANGER,
} from './__testUtils__/SandboxPortal';

jest.setTimeout(60_000);

const INSTANCE = '/instances/prod/akko/akko';
/** Of a token that may do what only reads. */
const LOOKER = 'looker-token-for-tests';

describe('programs with a token of external access', () => {
  let keys: KeyServer;
  let portal: SandboxPortal;
  let runId: string;

  beforeAll(async () => {
    keys = await KeyServer.start();
    portal = await SandboxPortal.start({
      externalAccess: [
        {
          type: 'static',
          options: { token: LOOKER, subject: 'looker' },
          accessRestrictions: [
            { plugin: 'akko', permissionAttribute: { action: 'read' } },
          ],
        },
        {
          type: 'jwks',
          options: {
            url: keys.url,
            issuer: keys.issuer,
            audience: 'portal',
            algorithm: 'ES256',
            subjectPrefix: 'ci',
          },
          accessRestrictions: [
            {
              plugin: 'akko',
              permission: ['akko.instance.read', 'akko.job.run'],
            },
          ],
        },
      ],
    });
    install(portal.cluster, { namespace: 'akko', release: 'akko' });
    const { body } = await eventually(
      'the instance is healthy',
      () => portal.get(INSTANCE),
      answer => answer.body.health === 'healthy',
    );
    runId = body.jobs[0].lastRun.id;
  });
  afterAll(async () => {
    await portal?.stop();
    await keys.stop();
  });

  /** Asks for an operation, and waits for its end so that the next one is not refused. */
  async function ask(token: string | undefined, body: object) {
    const answer = await portal.post(`${INSTANCE}/operations`, body, token);
    if (answer.status === 202) {
      await portal.get(`/operations/${answer.body.id}?wait=60`);
    }
    return answer;
  }

  it('may do everything without restrictions, and are named in what they did', async () => {
    const { body, status } = await ask(OPERATOR, { action: 'bootstrap' });
    expect([status, body.requestedBy, body.via]).toEqual([
      202,
      'operator',
      'api',
    ]);
    expect((await portal.get(INSTANCE)).body.permissions).toEqual([
      'akko.instance.read',
      'akko.log.read',
      'akko.job.run',
      'akko.backup.run',
      'akko.backup.change',
      'akko.drill.run',
    ]);
  });

  it('may do what the permissions of their token say, and are told which one is missing', async () => {
    const { body, status } = await portal.get(INSTANCE, READER);
    expect([status, body.permissions]).toEqual([200, ['akko.instance.read']]);
    expect(await portal.get(`/runs/${runId}/log`, READER)).toMatchObject({
      status: 403,
      body: { error: { code: 'not-allowed', permission: 'akko.log.read' } },
    });
    for (const [action, permission] of [
      ['backup', 'akko.backup.run'],
      ['drill', 'akko.drill.run'],
      ['resume', 'akko.backup.change'],
    ]) {
      expect(
        await ask(READER, { action, backup: 'backup-postgres' }),
      ).toMatchObject({
        status: 403,
        body: { error: { code: 'not-allowed', permission } },
      });
    }
    expect(await ask(READER, { action: 'bootstrap' })).toMatchObject({
      status: 403,
      body: {
        error: {
          permission: 'akko.job.run',
          message: expect.stringContaining('akko.job.run'),
        },
      },
    });
  });

  it('may read with a token whose permissions are given by their action', async () => {
    expect((await portal.get(INSTANCE, LOOKER)).body.permissions).toEqual([
      'akko.instance.read',
      'akko.log.read',
    ]);
    expect((await portal.get(`/runs/${runId}/log`, LOOKER)).status).toBe(200);
    expect(await ask(LOOKER, { action: 'bootstrap' })).toMatchObject({
      status: 403,
      body: { error: { permission: 'akko.job.run' } },
    });
  });

  it('get nothing with a token for another plugin', async () => {
    for (const path of ['/clusters', INSTANCE, `/runs/${runId}`]) {
      expect(await portal.get(path, STRANGER)).toMatchObject({
        status: 403,
        body: {
          error: {
            code: 'not-allowed',
            message: expect.stringContaining('catalog'),
          },
        },
      });
    }
  });

  it('get nothing without a token, or with one that nobody gave out', async () => {
    for (const token of [undefined, 'none', `${OPERATOR}x`, 'a.b.c']) {
      expect(await portal.get(INSTANCE, token ?? '')).toMatchObject({
        status: 401,
        body: { error: { code: 'not-authenticated' } },
      });
    }
  });

  it('may come with a token that a trusted issuer has signed, and be named by its subject', async () => {
    const token = await keys.sign({ sub: 'deploy-akko' });
    expect((await portal.get(INSTANCE, token)).body.permissions).toEqual([
      'akko.instance.read',
      'akko.job.run',
    ]);
    expect(await ask(token, { action: 'bootstrap' })).toMatchObject({
      status: 202,
      body: { requestedBy: 'external:ci:deploy-akko', via: 'api' },
    });
    expect(
      await ask(token, { action: 'backup', backup: 'backup-postgres' }),
    ).toMatchObject({
      status: 403,
      body: { error: { permission: 'akko.backup.run' } },
    });
  });

  it.each([
    ['that is over', () => keys.sign({ exp: 1 })],
    ['for another audience', () => keys.sign({ aud: 'shop' })],
    ['of another issuer', () => keys.sign({ iss: 'https://ci.example.org' })],
    ['of nobody', () => keys.sign({ sub: undefined })],
    [
      'that another key has signed',
      async () => keys.sign({}, await KeyServer.foreignKey()),
    ],
    [
      'that nothing has signed',
      async () => {
        const [, payload] = (await keys.sign()).split('.');
        return `${encode({ alg: 'none' })}.${payload}.`;
      },
    ],
    [
      'that was changed',
      async () => {
        const [head, , signature] = (await keys.sign()).split('.');
        const payload = encode({
          iss: keys.issuer,
          aud: 'portal',
          sub: 'root',
        });
        return `${head}.${payload}.${signature}`;
      },
    ],
  ])('get nothing with a token %s', async (_, make) => {
    const token = await make();
    expect(await portal.get(INSTANCE, token)).toMatchObject({
      status: 401,
      body: { error: { code: 'not-authenticated' } },
    });
    expect((await ask(token, { action: 'bootstrap' })).status).toBe(401);
  });
});

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
