import {
  AkkoClient,
  SIGNAL_CHANNEL,
  type AkkoSignal,
} from '@akko/backstage-plugin-akko-common';
import type { Entity } from '@backstage/catalog-model';
import { identityApiRef } from '@backstage/core-plugin-api';
import { toastApiRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { act } from '@testing-library/react';
import type { ReactElement } from 'react';
import { SWRConfig } from 'swr';
import { akkoApiRef } from '../api/akkoApi';
import { rootRouteRef } from '../routes';

/** Where the API answers in tests. */
export const BASE = 'http://portal.test/api/akko';

/** Who looks. */
export const VIEWER = 'user:default/guest';

/** Renders a part of the plugin in an app, over the real client. */
export async function renderAkko(
  element: ReactElement,
  options: {
    route?: string;
    /** False: no permission is granted. */
    mayRun?: boolean;
    /** Name of a permission that is not granted. */
    without?: string;
    entities?: Entity[];
  } = {},
) {
  const listeners = new Set<(signal: AkkoSignal) => void>();
  const toasts: { title: unknown; status?: string }[] = [];
  const client = new AkkoClient({
    discoveryApi: { getBaseUrl: async () => BASE },
    fetchApi: { fetch: (...args) => fetch(...args) },
  });
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [akkoApiRef, client],
        [catalogApiRef, catalogApiMock({ entities: options.entities })],
        [
          identityApiRef,
          {
            getBackstageIdentity: async () => ({
              type: 'user' as const,
              userEntityRef: VIEWER,
              ownershipEntityRefs: [VIEWER],
            }),
          },
        ],
        [
          signalApiRef,
          {
            subscribe: (channel: string, listener: any) => {
              if (channel === SIGNAL_CHANNEL) {
                listeners.add(listener);
              }
              return { unsubscribe: () => listeners.delete(listener) };
            },
          },
        ],
        [
          toastApiRef,
          {
            post: (toast: any) => {
              toasts.push(toast);
              return { close: () => {} };
            },
          },
        ],
        [
          permissionApiRef,
          {
            authorize: async ({ permission }) => ({
              result:
                options.mayRun === false || permission.name === options.without
                  ? AuthorizeResult.DENY
                  : AuthorizeResult.ALLOW,
            }),
          },
        ],
      ]}
    >
      {/* Answers about permissions are cached; those of another test are not for this one. */}
      <SWRConfig value={{ provider: () => new Map() }}>{element}</SWRConfig>
    </TestApiProvider>,
    {
      routeEntries: [options.route ?? '/akko'],
      mountedRoutes: { '/akko': rootRouteRef },
    },
  );
  return {
    toasts,
    /** What the backend broadcasts. */
    signal: (signal: AkkoSignal) =>
      act(async () => listeners.forEach(listener => listener(signal))),
  };
}
