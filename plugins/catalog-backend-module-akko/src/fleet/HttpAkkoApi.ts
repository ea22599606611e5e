import {
  AkkoApiError,
  AkkoClient,
  stringifyInstanceRef,
  type Cluster,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type { AkkoApi, ListedInstance } from './types';

const PLUGIN_ID = 'akko';
/** The most that the API takes. */
const PAGE_SIZE = 200;

/** {@link AkkoApi} over HTTP, as the catalog itself: what it sees is not what some user may see. */
export class HttpAkkoApi implements AkkoApi {
  private readonly client: AkkoClient;

  /** @param options - `signal` ends every call */
  constructor(
    private readonly options: {
      auth: AuthService;
      discovery: DiscoveryService;
      signal: AbortSignal;
    },
  ) {
    this.client = new AkkoClient({
      discoveryApi: options.discovery,
      fetchApi: { fetch: (input, init) => this.fetch(input, init) },
    });
  }

  async clusters(): Promise<Cluster[]> {
    return (await this.client.clusters()).items;
  }

  async instances(): Promise<ListedInstance[]> {
    const all: ListedInstance[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.client.instances({ limit: PAGE_SIZE, cursor });
      all.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return all;
  }

  async instance(ref: InstanceRef): Promise<ListedInstance | undefined> {
    try {
      return await this.client.instance(stringifyInstanceRef(ref));
    } catch (error) {
      // Any other 404 is not the plugin's, as that of a proxy, and says nothing of the instance.
      if (
        error instanceof AkkoApiError &&
        (error.code === 'unknown-instance' || error.code === 'unknown-cluster')
      ) {
        return undefined;
      }
      throw error;
    }
  }

  async openApi(): Promise<string | undefined> {
    const baseUrl = await this.options.discovery.getBaseUrl(PLUGIN_ID);
    const response = await this.fetch(`${baseUrl}/openapi.json`);
    if (response.status === 404) {
      return undefined;
    }
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.text();
  }

  private async fetch(
    input: Parameters<typeof fetch>[0],
    init?: RequestInit,
  ): Promise<Response> {
    const { auth, signal } = this.options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: PLUGIN_ID,
    });
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${token}`);
    return fetch(input, { ...init, headers, signal });
  }
}
