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

const env = { ...KEYCLOAK_ENV, INITIAL_ADMIN_PASSWORD: 'the-first-password' };
const config = () => ({
  waitSeconds: 1,
  keycloak: keycloakConfigOf(ORIGIN),
  roles: [
    { name: 'akko-admin', description: 'Administers the platform' },
    { name: 'akko-analyst', description: 'Reads data' },
  ],
  defaultRole: 'akko-analyst',
  admin: {
    username: 'admin-akko',
    email: 'admin@akko.local',
    firstName: 'Ada',
    password: {
      env: 'INITIAL_ADMIN_PASSWORD',
      secret: 'akko-initial-admin',
      key: 'password',
    },
    roles: ['akko-admin'],
  },
});
const run = (...args: string[]) =>
  runJobHere('bootstrap-admin', { config: config(), env, args });
const runWith = (fields: object, withEnv: Record<string, string> = env) =>
  runJobHere('bootstrap-admin', {
    config: { ...config(), ...fields },
    env: withEnv,
  });

it('makes roles and the first administrator, and changes nothing in a second run', async () => {
  const first = await run();
  expect(first.exitCode).toBe(0);
  expect(first.report!.totals).toMatchObject({ created: 5, updated: 0 });
  const { roles, defaultRoles, users, roleMappings } = peer.realm!;
  expect(roles).toMatchObject(config().roles);
  expect(defaultRoles).toMatchObject([{ name: 'akko-analyst' }]);
  expect(users).toMatchObject([
    {
      username: 'admin-akko',
      email: 'admin@akko.local',
      firstName: 'Ada',
      enabled: true,
      emailVerified: true,
      credentials: [
        { type: 'password', value: 'the-first-password', temporary: true },
      ],
    },
  ]);
  expect([...roleMappings.values()]).toEqual([['akko-admin']]);
  peer.writes.length = 0;
  const second = await run();
  expect(second.report!.totals).toEqual({
    created: 0,
    updated: 0,
    unchanged: 5,
    skipped: 0,
  });
  expect(peer.writes).toEqual([]);
  expect(
    first.log + second.log + JSON.stringify([first.report, second.report]),
  ).not.toContain('the-first-password');
});

it('only tells in a plan', async () => {
  const { report, log } = await run('--plan');
  expect(report).toMatchObject({ plan: true, totals: { created: 5 } });
  expect(log).toContain('would be created role of user admin-akko: akko-admin');
  expect(peer.writes).toEqual([]);
});

describe('a user who is there', () => {
  const changed = {
    id: 'hand-made',
    username: 'admin-akko',
    email: 'another@akko.local',
    enabled: false,
    attributes: { team: ['platform'] },
  };
  beforeEach(() => {
    peer.realm!.users.push({ ...changed });
    peer.realm!.roleMappings.set('hand-made', ['another-role']);
  });

  it('keeps everything and gets the roles that are missing', async () => {
    const { exitCode } = await run();
    expect(exitCode).toBe(0);
    expect(peer.realm!.users).toEqual([changed]);
    expect(peer.realm!.roleMappings.get('hand-made')).toEqual([
      'another-role',
      'akko-admin',
    ]);
  });

  it('needs no first password', async () => {
    expect((await runWith({}, KEYCLOAK_ENV)).exitCode).toBe(0);
  });
});

it('keeps the description that a person gave a role', async () => {
  peer.realm!.roles.push({ id: '1', name: 'akko-admin', description: 'Mine' });
  const { report } = await run();
  expect(peer.realm!.roles[0].description).toBe('Mine');
  expect(report!.changes).toContainEqual({
    kind: 'realm role',
    name: 'akko-admin',
    action: 'unchanged',
    note: 'differs from the values, kept: description',
  });
});

it('names the Secret of the first password when the user must be made', async () => {
  const { exitCode, report } = await runWith({}, KEYCLOAK_ENV);
  expect(exitCode).toBe(78);
  expect(report!.error!.message).toContain(
    'Secret akko-initial-admin, key password',
  );
});

it('tells that somebody else has the email', async () => {
  peer.realm!.users.push({
    id: 'other',
    username: 'other',
    email: 'admin@akko.local',
  });
  const { exitCode, report } = await run();
  expect(exitCode).toBe(65);
  expect(report!.error).toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/another user .* has the email/),
    nextStep: expect.stringContaining('admin.email'),
  });
});

it('tells why Keycloak does not take the password', async () => {
  peer.writeFaults.push('pass', 'pass', 'pass', {
    status: 400,
    body: {
      error: 'invalidPasswordMinLengthMessage',
      error_description: 'Invalid password: minimum length 20.',
    },
  });
  const { exitCode, report } = await run();
  expect(exitCode).toBe(78);
  expect(report!.error!.message).toContain('minimum length 20');
});

it('goes on with roles and a user that somebody else makes at the same moment', async () => {
  peer.beforeWrite = what => {
    if (what === 'POST /roles' && !peer.realm!.roles.length) {
      peer.realm!.roles.push(
        { id: '1', name: 'akko-admin' },
        { id: '2', name: 'akko-analyst' },
      );
    }
    if (what === 'POST /users') {
      peer.realm!.users.push({
        id: 'quicker',
        username: 'admin-akko',
        email: 'admin@akko.local',
      });
    }
  };
  const { exitCode, report } = await run();
  expect(exitCode).toBe(0);
  expect(report!.changes).toContainEqual({
    kind: 'user',
    name: 'admin-akko',
    action: 'unchanged',
  });
  expect(peer.realm!.roleMappings.get('quicker')).toEqual(['akko-admin']);
});

it('goes on when somebody else gives the same roles at the same moment', async () => {
  const duplicate = {
    status: 409,
    body: { error: 'conflict', error_description: 'Duplicate resource error' },
  };
  peer.writeFaults.push('pass', 'pass', duplicate, 'pass', duplicate);
  const { exitCode, report } = await run();
  expect(exitCode).toBe(0);
  expect(report!.totals).toMatchObject({ created: 3, unchanged: 2 });
});

it('tries again when the database of Keycloak is busy with the same user of another run', async () => {
  peer.writeFaults.push('pass', 'pass', 'pass', {
    status: 400,
    body: { errorMessage: 'Could not create user' },
  });
  const quicker = { id: 'quicker', username: 'admin-akko' };
  peer.beforeWrite = what => {
    if (what === 'POST /users' && !peer.realm!.users.length) {
      peer.realm!.users.push(quicker);
    }
  };
  const { exitCode } = await run();
  expect(exitCode).toBe(0);
  expect(peer.realm!.users).toEqual([quicker]);
});

it('makes no administrator when that is switched off', async () => {
  const { exitCode, report } = await runWith({
    admin: { ...config().admin, enabled: false },
  });
  expect(exitCode).toBe(0);
  expect(report!.totals).toMatchObject({ created: 3, skipped: 1 });
  expect(peer.realm!.users).toEqual([]);
});

it.each([
  { defaultRole: 'absent' },
  { admin: { ...config().admin, roles: ['absent'] } },
])('tells a role that nobody makes: %j', async fields => {
  const { exitCode, report } = await runWith(fields);
  expect(exitCode).toBe(66);
  expect(report!.error!.message).toContain('no realm role absent');
});

it.each(KEYCLOAK_FAULTS)('$name', async fault => {
  const outcome = await meetKeycloakFault(
    { command: 'bootstrap-admin', peer, config: config(), env },
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
