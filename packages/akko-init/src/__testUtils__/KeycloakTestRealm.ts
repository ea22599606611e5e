import { randomUUID } from 'node:crypto';
import KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import { FaultyProxy, type Treatment } from './FaultyProxy';
import { BOOTSTRAP } from './KeycloakPeer';
import { keycloakConfigOf } from './keycloakFaults';
import { runJobHere } from './runJobHere';
import { freePort, hostOf, secretOf } from './services';

const PORT = 8080;

const STORAGE = 'org.keycloak.storage.UserStorageProvider';

/** What comes of {@link KeycloakTestRealm.meetFaults}. */
export const FAULTS_TOLD = {
  'wrong password': [67, 'authentication-failed'],
  'missing secret': [78, 'misconfigured'],
  'nobody listens': [69, 'service-unavailable'],
  'lesser account': [77, 'permission-denied'],
  'absent realm': [66, 'not-found'],
  'absent client': [78, 'misconfigured'],
  '500 for ever': [69, 'service-unavailable'],
  'cut, then well': [0, undefined],
  'starting, then well': [0, undefined],
};

/** A realm of its own on the real Keycloak, and an account there that may do nothing. */
export class KeycloakTestRealm {
  readonly name = `test-${randomUUID().slice(0, 8)}`;
  /** Ids of the clients and roles that every realm has. */
  private builtIn: string[] = [];
  private readonly lesser = { user: this.name, password: randomUUID() };

  private constructor(
    private readonly host: string,
    private readonly login: { user: string; password: string },
  ) {}

  static async create(): Promise<KeycloakTestRealm> {
    const realm = new KeycloakTestRealm(hostOf('akko-keycloak'), {
      user: secretOf('akko-keycloak', 'admin-user'),
      password: secretOf('akko-keycloak', 'admin-password'),
    });
    const { user, password } = realm.lesser;
    await (
      await realm.admin('master')
    ).realms.create({ realm: realm.name, enabled: true });
    await (
      await realm.admin('master')
    ).users.create({
      username: user,
      email: `${user}@akko.local`,
      firstName: 'Lesser',
      lastName: 'Account',
      emailVerified: true,
      enabled: true,
      credentials: [{ type: 'password', value: password, temporary: false }],
    });
    const admin = await realm.admin();
    realm.builtIn = [
      ...(await admin.clients.find()),
      ...(await admin.roles.find()),
    ].map(({ id }) => id!);
    return realm;
  }

  get url(): string {
    return `http://${this.host}:${PORT}`;
  }

  get env(): Record<string, string> {
    return envOf(this.login);
  }

  /** The Admin API of the realm, with a new token. */
  async admin(realmName = this.name): Promise<KeycloakAdminClient> {
    const signedIn = new KeycloakAdminClient({ baseUrl: this.url });
    await signedIn.auth({
      username: this.login.user,
      password: this.login.password,
      grantType: 'password',
      clientId: 'admin-cli',
    });
    const client = new KeycloakAdminClient({ baseUrl: this.url, realmName });
    client.accessToken = signedIn.accessToken;
    return client;
  }

  /** Makes it a new realm again; making another one takes Keycloak seconds. */
  async clear(): Promise<void> {
    const admin = await this.admin();
    const isOwn = ({ id }: { id?: string }) => !this.builtIn.includes(id!);
    for (const { id } of await admin.components.find({ type: STORAGE })) {
      await admin.components.del({ id: id! });
    }
    for (const { id } of await admin.users.find()) {
      await admin.users.del({ id: id! });
    }
    for (const { id } of (await admin.clients.find()).filter(isOwn)) {
      await admin.clients.del({ id: id! });
    }
    for (const { id } of (await admin.roles.find()).filter(isOwn)) {
      await admin.roles.delById({ id: id! });
    }
    await admin.realms.update({ realm: this.name }, { passwordPolicy: '' });
  }

  async delete(): Promise<void> {
    await (await this.admin('master')).realms.del({ realm: this.name });
    const admin = await this.admin('master');
    const [user] = await admin.users.find({
      username: this.lesser.user,
      exact: true,
    });
    await admin.users.del({ id: user.id! });
  }

  /**
   * Lets a job meet faults of the real Keycloak.
   * @returns exit code and error code of each
   */
  async meetFaults(job: {
    command: string;
    config: Record<string, any>;
    env: Record<string, string>;
  }): Promise<Record<string, [number, string | undefined]>> {
    const proxy = await FaultyProxy.start({ host: this.host, port: PORT });
    const run = async (
      keycloak: Record<string, any>,
      env: Record<string, string> = {},
      waitSeconds = 2,
    ): Promise<[number, string | undefined]> => {
      const { exitCode, report, log } = await runJobHere(job.command, {
        config: {
          ...job.config,
          waitSeconds,
          keycloak: { ...job.config.keycloak, ...keycloak },
        },
        env: { ...job.env, ...env },
      });
      const told = log + JSON.stringify(report);
      for (const { password } of [this.login, this.lesser]) {
        if (told.includes(password)) {
          throw new Error('A password is in the log or the report.');
        }
      }
      return [exitCode, report?.error?.code];
    };
    const throughProxy = (treatment: Treatment, connections?: number) => {
      proxy.treat(treatment, connections);
      return run({ url: proxy.url }, {}, connections ? 60 : 2);
    };
    try {
      return {
        'wrong password': await run(
          {},
          { KEYCLOAK_ADMIN_PASSWORD: 'another-password' },
        ),
        'missing secret': await run({}, { KEYCLOAK_ADMIN_PASSWORD: '' }),
        'nobody listens': await run({
          url: `http://127.0.0.1:${await freePort()}`,
        }),
        'lesser account': await run({}, envOf(this.lesser)),
        'absent realm': await run({ realm: `${this.name}-absent` }),
        'absent client': await run({ adminClientId: 'absent' }),
        '500 for ever': await throughProxy({ status: 500 }),
        'cut, then well': await throughProxy('cut', 1),
        'starting, then well': await throughProxy(
          { status: 503, body: String(BOOTSTRAP.body) },
          1,
        ),
      };
    } finally {
      await proxy.stop();
    }
  }

  /** The part of a job's configuration that says where the realm is. */
  get config() {
    return keycloakConfigOf(this.url, this.name);
  }
}

function envOf({ user, password }: { user: string; password: string }) {
  return { KEYCLOAK_ADMIN_USER: user, KEYCLOAK_ADMIN_PASSWORD: password };
}
