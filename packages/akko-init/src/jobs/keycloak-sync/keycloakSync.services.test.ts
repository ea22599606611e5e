import { Client } from 'ldapts';
import {
  FAULTS_TOLD,
  KeycloakTestRealm,
} from '../../__testUtils__/KeycloakTestRealm';
import { runJobHere } from '../../__testUtils__/runJobHere';
import {
  describeOnServices,
  expectNothingChanged,
  expectSteadyState,
  hostOf,
  secretOf,
} from '../../__testUtils__/services';

jest.setTimeout(600_000);

const BIND_DN = 'cn=admin,dc=akko,dc=local';
const PEOPLE = 'ou=people,dc=akko,dc=local';
const GROUPS = 'ou=groups,dc=akko,dc=local';

describeOnServices('keycloak-sync on Keycloak and a directory', () => {
  let realm: KeycloakTestRealm;
  let url: string;
  let password: string;
  const config = (fields: object = {}, directoryFields: object = {}) => ({
    waitSeconds: 30,
    keycloak: realm.config,
    directory: {
      name: 'akko-lldap',
      url,
      bindDn: BIND_DN,
      bindPassword: { env: 'LDAP_BIND_PASSWORD' },
      usersDn: PEOPLE,
      userObjectClasses: ['inetOrgPerson'],
      groupsDn: GROUPS,
      ...directoryFields,
    },
    ...fields,
  });
  const env = () => ({ ...realm.env, LDAP_BIND_PASSWORD: password });
  const run = (fields: object = {}, directoryFields: object = {}) =>
    runJobHere('keycloak-sync', {
      config: config(fields, directoryFields),
      env: env(),
    });
  const full = { sync: 'full' };
  /** Users are read by name: a list would make Keycloak import them. */
  const dump = async () => {
    const admin = await realm.admin();
    const components = await admin.components.find();
    const names = ['alice', 'bob', 'carol', 'dave', 'eve'];
    const count = await admin.users.count();
    const users = await Promise.all(
      names.map(async username => {
        const [user] = await admin.users.find({ username, exact: true });
        const roles = await admin.users.listRealmRoleMappings({ id: user.id! });
        return { ...user, roles: roles.map(({ name }) => name).sort() };
      }),
    );
    return JSON.stringify(
      {
        count,
        users,
        components: components.sort((a, b) => a.id!.localeCompare(b.id!)),
        roles: (await admin.roles.find()).map(({ name }) => name).sort(),
      },
      // Keycloak tells the settings of a component in no order.
      (_key, value) =>
        value && !Array.isArray(value) && typeof value === 'object'
          ? Object.fromEntries(Object.entries(value).sort())
          : value,
      1,
    );
  };
  const federations = async () =>
    (await (
      await realm.admin()
    ).components.find({
      type: 'org.keycloak.storage.UserStorageProvider',
    })) as { id: string; config: Record<string, string[]> }[];

  beforeAll(() => {
    url = `ldap://${hostOf('akko-lldap')}:3890`;
    password = secretOf('akko-directory', 'ldap-admin-password');
  });
  beforeAll(async () => {
    realm = await KeycloakTestRealm.create();
  });
  afterEach(() => realm.clear());
  afterAll(() => realm.delete());

  it.each(['changed', 'full'])(
    'leaves the same federation and users after one run, many in a row and many at once (%s)',
    async sync => {
      const outcomes = await expectSteadyState({
        command: 'keycloak-sync',
        config: config({ sync }),
        env: env(),
        dump,
      });
      expect(await federations()).toHaveLength(1);
      const imported = outcomes.flatMap(({ report }) =>
        report!.changes!.filter(
          ({ kind, action }) => kind === 'users' && action === 'created',
        ),
      );
      expect(imported).toEqual([
        expect.objectContaining({ note: '5 imported' }),
      ]);
      const { users } = JSON.parse(await dump());
      expect(users[0]).toMatchObject({
        username: 'alice',
        email: 'alice@akko.local',
        roles: expect.arrayContaining(['akko-admin']),
      });
    },
  );

  it('leaves what a person changed in the federation', async () => {
    await run();
    const admin = await realm.admin();
    const [{ id }] = await federations();
    const [found] = await admin.components.find({
      type: 'org.keycloak.storage.UserStorageProvider',
    });
    await admin.components.update(
      { id },
      {
        ...found,
        config: {
          ...found.config,
          editMode: ['UNSYNCED'],
          customUserSearchFilter: ['(mail=*)'],
        },
      },
    );
    const changed = await dump();
    const outcome = await run(full);
    expectNothingChanged(outcome);
    expect(JSON.stringify(outcome.report)).toContain('kept: editMode');
    expect(await dump()).toBe(changed);
  });

  it('is not fooled by a password that Keycloak keeps and the directory no longer takes', async () => {
    await run();
    const admin = await realm.admin();
    const [found] = await admin.components.find({
      type: 'org.keycloak.storage.UserStorageProvider',
    });
    await admin.components.update(
      { id: found.id! },
      {
        ...found,
        config: { ...found.config, bindCredential: ['another-password'] },
      },
    );
    const { exitCode, report } = await run();
    expect([exitCode, report!.error!.service]).toEqual([67, 'directory']);
    expect(await admin.users.count()).toBe(5);
  });

  describe('with people of its own', () => {
    let place: string;
    let directory: Client;
    const addPerson = (uid: string, mail = `${uid}@test.local`) =>
      directory.add(`uid=${uid},${place}`, {
        objectClass: ['inetOrgPerson'],
        uid,
        cn: uid,
        sn: uid,
        mail,
      });
    const usersThere = () => ({ usersDn: place });

    beforeEach(async () => {
      place = `ou=${realm.name},dc=akko,dc=local`;
      directory = new Client({ url });
      await directory.bind(BIND_DN, password);
      await directory.add(place, {
        objectClass: ['organizationalUnit'],
        ou: realm.name,
      });
    });
    afterEach(async () => {
      const { searchEntries } = await directory.search(place, {
        scope: 'one',
        attributes: ['1.1'],
      });
      for (const { dn } of searchEntries) {
        await directory.del(dn);
      }
      await directory.del(place);
      await directory.unbind();
    });

    it('imports who is new and tells who cannot be imported', async () => {
      await addPerson('one');
      await run({}, usersThere());
      await addPerson('two');
      await addPerson('three', 'one@test.local');
      const { exitCode, report } = await run({}, usersThere());
      expect(exitCode).toBe(0);
      expect(report!.changes).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ action: 'created', note: '1 imported' }),
          expect.objectContaining({
            action: 'skipped',
            note: expect.stringContaining('1 could not be imported'),
          }),
        ]),
      );
    });

    it('refuses a full synchronization once the directory is empty, and keeps who was imported', async () => {
      await addPerson('one');
      await run({}, usersThere());
      await directory.del(`uid=one,${place}`);
      const { exitCode, report } = await run(full, usersThere());
      expect([exitCode, report!.error!.code]).toEqual([65, 'conflict']);
      expect(await (await realm.admin()).users.count()).toBe(1);
      expect((await run({}, usersThere())).exitCode).toBe(0);
      expect(await (await realm.admin()).users.count()).toBe(1);
    });
  });

  it('makes no federation with a directory that does not work', async () => {
    const results = [];
    for (const [fields, withEnv] of [
      [{}, { LDAP_BIND_PASSWORD: 'another-password' }],
      [{}, { LDAP_BIND_PASSWORD: '' }],
      [{ url: `ldap://${hostOf('akko-keycloak')}:1` }, {}],
      [{ url: 'ldap://absent.akko.local:3890' }, {}],
      [{ usersDn: 'ou=absent,dc=akko,dc=local' }, {}],
    ] as const) {
      const { exitCode, report, log } = await runJobHere('keycloak-sync', {
        config: config({ ...full, waitSeconds: 1 }, fields),
        env: { ...env(), ...withEnv },
      });
      expect(log + JSON.stringify(report)).not.toContain(password);
      results.push([exitCode, report!.error!.code]);
    }
    expect(results).toEqual([
      [67, 'authentication-failed'],
      [78, 'misconfigured'],
      [69, 'service-unavailable'],
      [69, 'service-unavailable'],
      [78, 'misconfigured'],
    ]);
    expect(await federations()).toEqual([]);
  });

  it('tells faults', async () => {
    expect(
      await realm.meetFaults({
        command: 'keycloak-sync',
        config: config(),
        env: env(),
      }),
    ).toEqual(FAULTS_TOLD);
  });
});
