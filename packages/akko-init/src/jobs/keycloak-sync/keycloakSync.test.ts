import { setupServer } from 'msw/node';
import {
  KEYCLOAK_ENV,
  KEYCLOAK_FAULTS,
  KEYCLOAK_LOGIN,
  keycloakConfigOf,
  meetKeycloakFault,
} from '../../__testUtils__/keycloakFaults';
import { KeycloakPeer } from '../../__testUtils__/KeycloakPeer';
import { LdapPeer } from '../../__testUtils__/LdapPeer';
import { runJobHere } from '../../__testUtils__/runJobHere';

const ORIGIN = 'http://akko-keycloak.test:8080';
const PEOPLE = 'ou=people,dc=akko,dc=local';
const LOGIN = {
  bindDn: 'cn=admin,dc=akko,dc=local',
  password: 'the-directory-password',
};
const server = setupServer();
let peer: KeycloakPeer;
let directory: LdapPeer;

beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'bypass' });
  directory = await LdapPeer.start(LOGIN);
});
afterAll(async () => {
  server.close();
  await directory.stop();
});
beforeEach(() => {
  peer = new KeycloakPeer(ORIGIN, KEYCLOAK_LOGIN);
  peer.realm!.directory = {
    ...LOGIN,
    url: directory.url,
    usersDn: PEOPLE,
    people: ['alice', 'bob', 'carol'],
    isReachable: true,
  };
  directory.places.clear();
  directory.places.set(PEOPLE, ['uid=alice', 'uid=bob', 'uid=carol']);
  directory.searchFault = undefined;
  server.resetHandlers(...peer.handlers);
});

const env = { ...KEYCLOAK_ENV, LDAP_BIND_PASSWORD: LOGIN.password };
const config = (fields: object = {}, directoryFields: object = {}) => ({
  waitSeconds: 1,
  keycloak: keycloakConfigOf(ORIGIN),
  directory: {
    name: 'akko-lldap',
    url: directory.url,
    bindDn: LOGIN.bindDn,
    bindPassword: {
      env: 'LDAP_BIND_PASSWORD',
      secret: 'akko-directory',
      key: 'ldap-admin-password',
    },
    usersDn: PEOPLE,
    userObjectClasses: ['inetOrgPerson', 'person'],
    ...directoryFields,
  },
  ...fields,
});
const run = (
  fields: object = {},
  directoryFields: object = {},
  withEnv: Record<string, string> = env,
) =>
  runJobHere('keycloak-sync', {
    config: config(fields, directoryFields),
    env: withEnv,
  });
const full = { sync: 'full' };
const federations = () =>
  peer.realm!.components.filter(each => each.providerId === 'ldap');

it('connects the directory read-only and imports its users, and changes nothing in a second run', async () => {
  const first = await run();
  expect(first.exitCode).toBe(0);
  expect(first.report!.changes).toEqual([
    { kind: 'user federation', name: 'akko-lldap', action: 'created' },
    {
      kind: 'users',
      name: 'akko-lldap',
      action: 'created',
      note: '3 imported',
    },
  ]);
  expect(federations()).toMatchObject([
    {
      name: 'akko-lldap',
      providerType: 'org.keycloak.storage.UserStorageProvider',
      parentId: peer.realm!.id,
      config: {
        editMode: ['READ_ONLY'],
        importEnabled: ['true'],
        syncRegistrations: ['false'],
        connectionUrl: [directory.url],
        bindDn: [LOGIN.bindDn],
        bindCredential: [LOGIN.password],
        usersDn: [PEOPLE],
        usernameLDAPAttribute: ['uid'],
        uuidLDAPAttribute: ['entryUUID'],
        userObjectClasses: ['inetOrgPerson, person'],
      },
    },
  ]);
  const second = await run();
  expect(second.report!.totals).toMatchObject({ created: 0, updated: 0 });
  expect(federations()).toHaveLength(1);
  expect(
    first.log + second.log + JSON.stringify([first.report, second.report]),
  ).not.toContain(LOGIN.password);
});

it('tells no update when a full synchronization reads everybody again', async () => {
  await run(full);
  const { report } = await run(full);
  expect(report!.totals).toMatchObject({ created: 0, updated: 0 });
  expect(report!.changes).toContainEqual({
    kind: 'users',
    name: 'akko-lldap',
    action: 'unchanged',
    note: expect.stringContaining('3 read again'),
  });
});

it('tells users who are new since the last run', async () => {
  await run();
  peer.realm!.directory!.people.push('dave');
  expect((await run()).report!.changes).toContainEqual(
    expect.objectContaining({ action: 'created', note: '1 imported' }),
  );
});

it('tells users who could not be imported', async () => {
  peer.realm!.failing = 2;
  const { exitCode, report, log } = await run();
  expect(exitCode).toBe(0);
  expect(report!.changes).toContainEqual({
    kind: 'users',
    name: 'akko-lldap',
    action: 'skipped',
    note: expect.stringContaining('2 could not be imported'),
  });
  expect(log).toContain('WARNING');
});

it('only tells in a plan', async () => {
  const { report } = await runJobHere('keycloak-sync', {
    config: config(full, { groupsDn: 'ou=groups,dc=akko,dc=local' }),
    env,
    args: ['--plan'],
  });
  expect(report).toMatchObject({
    plan: true,
    totals: { created: 2, skipped: 1 },
  });
  expect(peer.writes).toEqual([]);
});

it('makes one federation and one mapper when several run at once', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 5 }, () =>
      run({}, { groupsDn: 'ou=groups,dc=akko,dc=local' }),
    ),
  );
  expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0]);
  expect(peer.realm!.components.map(each => each.providerId)).toEqual([
    'ldap',
    'role-ldap-mapper',
  ]);
});

it('waits while another synchronization runs', async () => {
  peer.realm!.busySynchronizations = 1;
  const { exitCode, report, log } = await run();
  expect(exitCode).toBe(0);
  expect(log).toContain('busy with another synchronization');
  expect(report!.changes).toContainEqual(
    expect.objectContaining({ note: '3 imported' }),
  );
});

it('gives up when another synchronization does not end', async () => {
  peer.realm!.busySynchronizations = Infinity;
  const { exitCode, report } = await run();
  expect(exitCode).toBe(69);
  expect(report!.error!.message).toContain('another synchronization');
});

describe('a federation that is there', () => {
  const handMade = () => ({
    id: 'hand-made',
    name: 'akko-lldap',
    providerId: 'ldap',
    providerType: 'org.keycloak.storage.UserStorageProvider',
    parentId: peer.realm!.id,
    config: {
      connectionUrl: [directory.url],
      bindDn: [LOGIN.bindDn],
      bindCredential: [LOGIN.password],
      usersDn: [PEOPLE],
      userObjectClasses: ['person'],
      editMode: ['WRITABLE'],
      customUserSearchFilter: ['(mail=*)'],
    },
  });

  it('keeps what a person set', async () => {
    peer.realm!.components.push(handMade());
    const { report } = await run();
    expect(federations()).toEqual([handMade()]);
    expect(report!.changes).toContainEqual({
      kind: 'user federation',
      name: 'akko-lldap',
      action: 'unchanged',
      note: expect.stringMatching(/differs from the values, kept: .*editMode/),
    });
  });

  it('needs no Secret for the synchronization of changed users', async () => {
    peer.realm!.components.push(handMade());
    expect((await run({}, {}, KEYCLOAK_ENV)).exitCode).toBe(0);
  });

  it('is not synchronized when a person switched it off', async () => {
    const component: any = handMade();
    component.config.enabled = ['false'];
    peer.realm!.components.push(component);
    const { report } = await run();
    expect(report!.changes).toContainEqual({
      kind: 'users',
      name: 'akko-lldap',
      action: 'skipped',
      note: 'the user federation is switched off in Keycloak',
    });
    expect(peer.writes).toEqual([]);
  });

  it('is not synchronized with a password that the directory no longer takes', async () => {
    const component = handMade();
    component.config.bindCredential = ['the-former-password'];
    peer.realm!.components.push(component);
    const { exitCode, report } = await run();
    expect(exitCode).toBe(67);
    expect(report!.error).toMatchObject({
      code: 'authentication-failed',
      service: 'directory',
      nextStep: expect.stringContaining('Bind credentials'),
    });
    expect(peer.writes).toEqual([]);
  });

  it('keeps a role mapper that a person made for the same groups', async () => {
    peer.realm!.components.push(handMade(), {
      id: 'mapper',
      name: 'mine',
      providerId: 'role-ldap-mapper',
      providerType: 'org.keycloak.storage.ldap.mappers.LDAPStorageMapper',
      parentId: 'hand-made',
      config: { 'roles.dn': ['ou=groups'] },
    });
    await run({}, { groupsDn: 'ou=groups' });
    expect(peer.realm!.components).toHaveLength(2);
  });
});

describe('the directory', () => {
  it('refuses the password of the Secret', async () => {
    const { exitCode, report, log } = await run(
      {},
      {},
      {
        ...env,
        LDAP_BIND_PASSWORD: 'another-password',
      },
    );
    expect(exitCode).toBe(67);
    expect(report!.error).toMatchObject({
      code: 'authentication-failed',
      service: 'directory',
      message: expect.stringContaining(
        `directory at ${directory.url} refused the password of ${LOGIN.bindDn}`,
      ),
    });
    expect(log + JSON.stringify(report)).not.toContain('another-password');
    expect(peer.writes).toEqual([]);
  });

  it('has its password in a Secret that is missing', async () => {
    const { exitCode, report } = await run({}, {}, KEYCLOAK_ENV);
    expect(exitCode).toBe(78);
    expect(report!.error!.message).toContain(
      'Secret akko-directory, key ldap-admin-password',
    );
  });

  it('is not reachable from Keycloak', async () => {
    peer.realm!.directory!.isReachable = false;
    const { exitCode, report } = await run();
    expect(exitCode).toBe(69);
    expect(report!.error).toMatchObject({
      code: 'service-unavailable',
      service: 'directory',
      message: expect.stringContaining('not reachable from Keycloak'),
    });
    expect(peer.writes).toEqual([]);
  });

  it('is waited for', async () => {
    peer.realm!.directory!.isReachable = false;
    // Whoever asks the first time is told that it is not reachable.
    peer.realm!.afterTest = () => {
      peer.realm!.directory!.isReachable = true;
    };
    const { exitCode, log } = await run();
    expect({ exitCode, log }).toEqual({
      exitCode: 0,
      log: expect.stringContaining('waiting for directory'),
    });
  });

  it('is empty, so that a full synchronization is refused', async () => {
    await run();
    peer.writes.length = 0;
    directory.places.set(PEOPLE, []);
    const { exitCode, report } = await run(full);
    expect(exitCode).toBe(65);
    expect(report!.error).toMatchObject({
      code: 'conflict',
      service: 'directory',
      message: expect.stringContaining(`shows no user below ${PEOPLE}`),
    });
    expect(peer.writes).toEqual([]);
  });

  it('is empty, which a synchronization of changed users only tells', async () => {
    peer.realm!.directory!.people = [];
    const { exitCode, report } = await run();
    expect(exitCode).toBe(0);
    expect(report!.changes).toContainEqual(
      expect.objectContaining({
        action: 'unchanged',
        note: expect.stringContaining(`${PEOPLE} shows nobody`),
      }),
    );
  });

  it('has no such place', async () => {
    directory.places.clear();
    const { exitCode, report } = await run(full);
    expect(exitCode).toBe(78);
    expect(report!.error!.message).toContain(`has no ${PEOPLE}`);
    expect(peer.writes).toEqual([]);
  });

  it.each([
    [50, 77, 'does not let'],
    [18, 78, 'LDAP result 18'],
  ])('answers a search with %i', async (code, exit, words) => {
    directory.searchFault = code;
    const { exitCode, report } = await run(full);
    expect(exitCode).toBe(exit);
    expect(report!.error!.message).toContain(words);
  });
});

it('refuses an address that is not of a directory', async () => {
  const { exitCode, report } = await run({}, { url: 'http://akko-lldap:3890' });
  expect(exitCode).toBe(78);
  expect(report!.error!.message).toContain('directory.url');
});

it.each(KEYCLOAK_FAULTS)('$name', async fault => {
  const outcome = await meetKeycloakFault(
    { command: 'keycloak-sync', peer, config: config(), env },
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
