import { AkkoClient } from '@akko/backstage-plugin-akko-common';
import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { notPassedOn } from '../task/notPassedOn';
import {
  persistentFetch,
  type PersistentFetchOptions,
} from './persistentFetch';

/** What {@link createApi} works with. */
export interface ApiOptions extends Omit<PersistentFetchOptions, 'token'> {
  auth: Pick<AuthService, 'getPluginRequestToken'>;
  discovery: Pick<DiscoveryService, 'getBaseUrl'>;
  /** Of whoever started the task. */
  credentials: () => Promise<BackstageCredentials>;
}

/** The AKKO API as whoever started the task may use it: with their permissions, and audited under their name. */
export function createApi(options: ApiOptions): AkkoClient {
  return new AkkoClient({
    discoveryApi: options.discovery,
    fetchApi: {
      fetch: persistentFetch({ ...options, token: () => tokenOf(options) }),
    },
  });
}

async function tokenOf({ auth, credentials }: ApiOptions): Promise<string> {
  try {
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await credentials(),
      targetPluginId: 'akko',
    });
    return token;
  } catch (error) {
    throw notPassedOn(error, 'AKKO API');
  }
}
