import {
  FAULTS_TOLD,
  KeycloakTestRealm,
} from '../../__testUtils__/KeycloakTestRealm';
import { runJobHere } from '../../__testUtils__/runJobHere';
import {
  describeOnServices,
  expectNothingChanged,
  expectSteadyState,
} from '../../__testUtils__/services';

jest.setTimeout(600_000);

describeOnServices('bootstrap-admin on Keycloak', () => {
  let realm: KeycloakTestRealm;
  const config = () => ({
    waitSeconds: 30,
    keycloak: realm.config,
    roles: ['admin', 'engineer', 'analyst', 'user', 'viewer'].map(name => ({
      name: `akko-${name}`,
      description: `The ${name} of the platform`,
    })),
    defaultRole: 'akko-analyst',
    admin: {
      username: 'admin-akko',
      email: 'admin@akko.local',
      firstName: 'Ada',
      lastName: 'Akko',
      password: { env: 'INITIAL_ADMIN_PASSWORD' },
      temporaryPassword: false,
      roles: ['akko-admin', 'akko-engineer'],
    },
  });
  const env = () => ({
    ...realm.env,
    INITIAL_ADMIN_PASSWORD: 'the-first-password',
  });
  const job = () => ({ config: config(), env: env() });
  const run = () => runJobHere('bootstrap-admin', job());
  const adminUser = async () => {
    const admin = await realm.admin();
    const [user] = await admin.users.find({
      username: 'admin-akko',
      exact: true,
    });
    return user;
  };
  const dump = async () => {
    const admin = await realm.admin();
    const byName = (a: { name?: string }, b: { name?: string }) =>
      a.name!.localeCompare(b.name!);
    const roles = (await admin.roles.find()).sort(byName);
    const { defaultRole } = (await admin.realms.findOne({
      realm: realm.name,
    }))!;
    const users = await admin.users.find();
    return JSON.stringify(
      {
        roles,
        defaults: (
          await admin.roles.getCompositeRoles({ id: defaultRole!.id! })
        ).sort(byName),
        users: await Promise.all(
          users.map(async user => ({
            ...user,
            roles: (
              await admin.users.listRealmRoleMappings({ id: user.id! })
            ).sort(byName),
            // With the moment in which the password was set.
            credentials: await admin.users.getCredentials({ id: user.id! }),
          })),
        ),
      },
      undefined,
      1,
    );
  };
  const signIn = async (password: string) => {
    const response = await fetch(
      `${realm.url}/realms/${realm.name}/protocol/openid-connect/token`,
      {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'password',
          client_id: 'admin-cli',
          username: 'admin-akko',
          password,
        }),
      },
    );
    return response.status;
  };

  beforeAll(async () => {
    realm = await KeycloakTestRealm.create();
  });
  afterEach(() => realm.clear());
  afterAll(() => realm.delete());

  it('leaves the same roles and user after one run, many in a row and many at once', async () => {
    await expectSteadyState({ command: 'bootstrap-admin', ...job(), dump });
    expect(await signIn('the-first-password')).toBe(200);
    const admin = await realm.admin();
    await admin.users.create({ username: 'somebody', enabled: true });
    const [somebody] = await admin.users.find({ username: 'somebody' });
    const effective = await admin.users.listCompositeRealmRoleMappings({
      id: somebody.id!,
    });
    expect(effective.map(({ name }) => name)).toContain('akko-analyst');
  });

  it('lets the first administrator set another password at the first sign-in', async () => {
    const { admin, ...rest } = config();
    await runJobHere('bootstrap-admin', {
      config: { ...rest, admin: { ...admin, temporaryPassword: true } },
      env: env(),
    });
    expect((await adminUser()).requiredActions).toEqual(['UPDATE_PASSWORD']);
  });

  it('leaves what a person changed', async () => {
    await run();
    const admin = await realm.admin();
    const { id } = await adminUser();
    await admin.users.resetPassword({
      id: id!,
      credential: {
        type: 'password',
        value: 'changed-by-hand',
        temporary: false,
      },
    });
    await admin.users.update(
      { id: id! },
      { email: 'by@hand.local', firstName: 'By', lastName: 'Hand' },
    );
    await admin.roles.create({ name: 'by-hand' });
    const byHand = await admin.roles.findOneByName({ name: 'by-hand' });
    await admin.users.addRealmRoleMappings({
      id: id!,
      roles: [{ id: byHand!.id!, name: 'by-hand' }],
    });
    await admin.roles.updateByName(
      { name: 'akko-viewer' },
      { name: 'akko-viewer', description: 'By hand' },
    );
    const changed = await dump();
    expectNothingChanged(
      await runJobHere('bootstrap-admin', {
        config: config(),
        env: { ...env(), INITIAL_ADMIN_PASSWORD: 'another-first-password' },
      }),
    );
    expect(await dump()).toBe(changed);
    expect(await signIn('changed-by-hand')).toBe(200);
  });

  it('tells that another user has the email', async () => {
    const admin = await realm.admin();
    await admin.users.create({
      username: 'somebody',
      email: 'admin@akko.local',
    });
    const { exitCode, report } = await run();
    expect(exitCode).toBe(65);
    expect(report!.error!.message).toContain('another user');
    expect(await adminUser()).toBeUndefined();
  });

  it('tells a password that the realm does not take', async () => {
    await (
      await realm.admin()
    ).realms.update({ realm: realm.name }, { passwordPolicy: 'length(40)' });
    const { exitCode, report } = await run();
    expect(exitCode).toBe(78);
    expect(report!.error!.message).toContain('minimum length 40');
    expect(await adminUser()).toBeUndefined();
  });

  it('tells faults', async () => {
    expect(
      await realm.meetFaults({ command: 'bootstrap-admin', ...job() }),
    ).toEqual(FAULTS_TOLD);
  });
});
