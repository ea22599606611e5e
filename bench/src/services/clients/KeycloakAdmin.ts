import type { Cluster } from '../Cluster';
import { askJson, askToken } from './askJson';

/** Keycloak of the cluster, through its admin API. */
export class KeycloakAdmin {
  private constructor(
    private readonly url: string,
    readonly user: string,
    readonly password: string,
  ) {}

  static async connect(cluster: Cluster): Promise<KeycloakAdmin> {
    return new KeycloakAdmin(
      `http://${await cluster.hostOf('akko-keycloak')}:8080`,
      await cluster.secretOf('akko-keycloak', 'admin-user'),
      await cluster.secretOf('akko-keycloak', 'admin-password'),
    );
  }

  /** As akko-init's configuration takes it, with the variables of {@link env}. */
  config(realm: string): object {
    return {
      url: this.url,
      realm,
      adminRealm: 'master',
      adminClientId: 'admin-cli',
      user: { env: 'KEYCLOAK_ADMIN_USER' },
      password: { env: 'KEYCLOAK_ADMIN_PASSWORD' },
    };
  }

  get env(): Record<string, string> {
    return {
      KEYCLOAK_ADMIN_USER: this.user,
      KEYCLOAK_ADMIN_PASSWORD: this.password,
    };
  }

  async createRealm(realm: string): Promise<void> {
    await askJson(`${this.url}/admin/realms`, {
      token: await this.token(),
      method: 'POST',
      json: { realm, enabled: true },
    });
  }

  /** Does nothing where there is none. */
  async deleteRealm(realm: string): Promise<void> {
    await askJson(`${this.url}/admin/realms/${realm}`, {
      token: await this.token(),
      method: 'DELETE',
    });
  }

  /** @param path - below the realm, as `clients` */
  async read(realm: string, path: string): Promise<any> {
    return askJson(`${this.url}/admin/realms/${realm}/${path}`, {
      token: await this.token(),
    });
  }

  /** One token lives for a minute only, so each call has its own. */
  private token(): Promise<string> {
    return askToken(`${this.url}/realms/master/protocol/openid-connect/token`, {
      grant_type: 'password',
      client_id: 'admin-cli',
      username: this.user,
      password: this.password,
    });
  }
}
