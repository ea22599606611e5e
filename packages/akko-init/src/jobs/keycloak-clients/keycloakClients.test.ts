import { setupServer } from 'msw/node';
import {
  KEYCLOAK_ENV,
  KEYCLOAK_FAULTS,
  KEYCLOAK_LOGIN,
  keycloakConfigOf,
  meetKeycloakFault,
} from '../../__testUtils__/keycloakFaults';
import { KeycloakPeer } from '../../__testUtils__/KeycloakPeer';
import { runJobHere } from '../../__testUtils__/runJobHere';

const ORIGIN = 'http://akko-keycloak.test:8080';
const server = setupServer();
let peer: KeycloakPeer;

beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
afterAll(() => server.close());
beforeEach(() => {
  peer = new KeycloakPeer(ORIGIN, KEYCLOAK_LOGIN);
  server.resetHandlers(...peer.handlers);
});

const CALLBACK = 'https://cockpit.akko.local/oauth2/callback';
const env = { ...KEYCLOAK_ENV, PROXY_SECRET: 'the-proxy-secret' };
const config = () => ({
  waitSeconds: 1,
  keycloak: keycloakConfigOf(ORIGIN),
  domain: 'akko.local',
  clients: [
    {
      clientId: 'oauth2-proxy',
      name: 'Pages behind the proxy',
      redirectUris: ['https://cockpit.{domain}/oauth2/callback'],
      webOrigins: ['https://cockpit.{domain}'],
      secret: {
        env: 'PROXY_SECRET',
        secret: 'akko-oauth2-proxy',
        key: 'client-secret',
      },
    },
    { clientId: 'superset', redirectUris: ['https://bi.{domain}/*'] },
  ],
});
const run = (...args: string[]) =>
  runJobHere('keycloak-clients', { config: config(), env, args });
const clientOf = (clientId: string) =>
  peer.realm!.clients.find(each => each.clientId === clientId)!;

it('makes missing clients, and changes nothing in a second run', async () => {
  const first = await run();
  expect(first.exitCode).toBe(0);
  expect(first.report!.totals).toMatchObject({ created: 2, updated: 0 });
  expect(clientOf('oauth2-proxy')).toMatchObject({
    name: 'Pages behind the proxy',
    publicClient: false,
    standardFlowEnabled: true,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: false,
    secret: 'the-proxy-secret',
    redirectUris: [CALLBACK],
    webOrigins: ['https://cockpit.akko.local'],
  });
  expect(clientOf('superset')).toMatchObject({
    secret: 'made-by-keycloak',
    redirectUris: ['https://bi.akko.local/*'],
    webOrigins: [],
  });
  peer.writes.length = 0;
  const second = await run();
  expect(second.report!.totals).toEqual({
    created: 0,
    updated: 0,
    unchanged: 2,
    skipped: 0,
  });
  expect(peer.writes).toEqual([]);
  expect(first.log + second.log).not.toContain('the-proxy-secret');
});

it('only tells in a plan', async () => {
  const { report, log } = await run('--plan');
  expect(report).toMatchObject({ plan: true, totals: { created: 2 } });
  expect(log).toContain('would be created client oauth2-proxy');
  expect(peer.writes).toEqual([]);
});

describe('a client that is there', () => {
  const handMade = {
    id: 'hand-made',
    clientId: 'oauth2-proxy',
    name: 'Of another name',
    enabled: true,
    publicClient: false,
    standardFlowEnabled: true,
    serviceAccountsEnabled: true,
    secret: 'set-by-hand',
    redirectUris: ['https://by.hand/callback'],
    webOrigins: ['+'],
  };
  beforeEach(() => {
    peer.realm!.clients.push({ ...handMade });
  });

  it('gets what it lacks beside what it has, and keeps its other settings', async () => {
    const { report } = await run();
    expect(clientOf('oauth2-proxy')).toEqual({
      ...handMade,
      redirectUris: ['https://by.hand/callback', CALLBACK],
      webOrigins: ['+', 'https://cockpit.akko.local'],
    });
    expect(report!.changes).toContainEqual({
      kind: 'client',
      name: 'oauth2-proxy',
      action: 'updated',
      note: expect.stringContaining(
        'differs from the values, kept: serviceAccountsEnabled, secret',
      ),
    });
    expect((await run()).report!.totals).toMatchObject({
      created: 0,
      updated: 0,
    });
  });

  it('is sent only the list that grows', async () => {
    clientOf('oauth2-proxy').webOrigins = ['https://cockpit.akko.local'];
    await run();
    expect(peer.writes[0]).toEqual({
      what: 'PUT /clients/hand-made',
      body: { redirectUris: ['https://by.hand/callback', CALLBACK] },
    });
  });

  it('needs no Secret for the secret of a new client', async () => {
    const { exitCode } = await runJobHere('keycloak-clients', {
      config: config(),
      env: KEYCLOAK_ENV,
    });
    expect(exitCode).toBe(0);
  });
});

it('adds to a client that somebody else makes at the same moment', async () => {
  peer.beforeWrite = (what, body) => {
    if (what === 'POST /clients' && body.clientId === 'superset') {
      peer.realm!.clients.push({
        id: 'quicker',
        clientId: 'superset',
        redirectUris: ['https://other.domain/*'],
      });
    }
  };
  const { exitCode } = await run();
  expect(exitCode).toBe(0);
  expect(clientOf('superset').redirectUris).toEqual([
    'https://other.domain/*',
    'https://bi.akko.local/*',
  ]);
});

it('adds again what another run overwrites with what it had read before', async () => {
  await run();
  const client = clientOf('superset');
  client.redirectUris = ['https://by.hand/*'];
  peer.writes.length = 0;
  let isOverwritten = false;
  peer.beforeWrite = what => {
    if (what.startsWith('PUT') && !isOverwritten) {
      isOverwritten = true;
      // After this update is done, and before it is looked at again.
      queueMicrotask(() => {
        client.redirectUris = ['https://by.hand/*', 'https://other.run/*'];
      });
    }
  };
  expect((await run()).exitCode).toBe(0);
  expect(client.redirectUris).toEqual([
    'https://by.hand/*',
    'https://other.run/*',
    'https://bi.akko.local/*',
  ]);
  expect(peer.writes).toHaveLength(2);
});

it('tries again when Keycloak refuses one of two updates at once', async () => {
  await run();
  clientOf('superset').redirectUris = [];
  peer.writeFaults.push({
    status: 409,
    body: { error: 'conflict', error_description: 'Duplicate resource error' },
  });
  const { report } = await run();
  expect(report!.totals).toMatchObject({ updated: 1 });
  expect(clientOf('superset').redirectUris).toEqual([
    'https://bi.akko.local/*',
  ]);
});

it('names the Secret of a client that must be made', async () => {
  const { exitCode, report } = await runJobHere('keycloak-clients', {
    config: config(),
    env: KEYCLOAK_ENV,
  });
  expect(exitCode).toBe(78);
  expect(report!.error!.message).toContain(
    'Secret akko-oauth2-proxy, key client-secret',
  );
});

it.each([
  [{ redirectUris: ['https://*.{domain}/*'] }, 'wildcard in a host'],
  [{ webOrigins: ['https://*.{domain}'] }, 'wildcard in a host'],
  [{ publicClient: true, serviceAccounts: true }, 'a public client'],
])('refuses a client as %j', async (fields, words) => {
  const { exitCode, report } = await runJobHere('keycloak-clients', {
    config: { ...config(), clients: [{ clientId: 'superset', ...fields }] },
    env,
  });
  expect(exitCode).toBe(78);
  expect(report!.error!.message).toContain('clients.0');
  expect(report!.error!.message).toContain(words);
});

it('refuses a domain with a wildcard', async () => {
  const { exitCode } = await runJobHere('keycloak-clients', {
    config: { ...config(), domain: '*.akko.local' },
    env,
  });
  expect(exitCode).toBe(78);
});

it.each(KEYCLOAK_FAULTS)('$name', async fault => {
  const outcome = await meetKeycloakFault(
    { command: 'keycloak-clients', peer, config: config(), env },
    fault,
  );
  expect(outcome).toMatchObject({
    exitCode: fault.exitCode,
    code: fault.code,
    hasNextStep: fault.exitCode !== 0,
    hasWritten: fault.exitCode === 0,
    leaks: [],
  });
  expect(outcome.log).toMatch(fault.words);
  expect(outcome.signIns).toBeGreaterThanOrEqual(fault.leastSignIns ?? 0);
});
