import type { Cluster } from '../Cluster';
import { askJson, askToken } from './askJson';

/** Polaris of the cluster, through its APIs. */
export class PolarisAdmin {
  private constructor(
    readonly url: string,
    readonly healthUrl: string,
    readonly rootSecret: string,
  ) {}

  static async connect(cluster: Cluster): Promise<PolarisAdmin> {
    const host = await cluster.hostOf('akko-akko-polaris');
    return new PolarisAdmin(
      `http://${host}:8181`,
      `http://${host}:8182`,
      await cluster.secretOf('akko-polaris', 'root-secret'),
    );
  }

  /** The catalog as its API tells it, and the names of its namespaces; undefined where there is none. */
  async read(
    catalog: string,
  ): Promise<{ catalog: any; namespaces: string[] } | undefined> {
    const token = await this.token();
    const found = await askJson(this.catalogUrl(catalog), { token });
    if (!found) {
      return undefined;
    }
    const { namespaces } = await askJson(this.namespacesUrl(catalog), {
      token,
    });
    return {
      catalog: found,
      namespaces: namespaces.map((levels: string[]) => levels.join('.')),
    };
  }

  /** With its namespaces; does nothing where there is none. */
  async deleteCatalog(catalog: string): Promise<void> {
    const token = await this.token();
    for (const name of (await this.read(catalog))?.namespaces ?? []) {
      await askJson(`${this.namespacesUrl(catalog)}/${name}`, {
        token,
        method: 'DELETE',
      });
    }
    await askJson(this.catalogUrl(catalog), { token, method: 'DELETE' });
  }

  private catalogUrl(catalog: string): string {
    return `${this.url}/api/management/v1/catalogs/${catalog}`;
  }

  private namespacesUrl(catalog: string): string {
    return `${this.url}/api/catalog/v1/${catalog}/namespaces`;
  }

  private token(): Promise<string> {
    return askToken(`${this.url}/api/catalog/v1/oauth/tokens`, {
      grant_type: 'client_credentials',
      client_id: 'root',
      client_secret: this.rootSecret,
      scope: 'PRINCIPAL_ROLE:ALL',
    });
  }
}
