import {
  AkkoClient,
  SIGNAL_CHANNEL,
  type AkkoSignal,
} from '@akko/backstage-plugin-akko-common';
import type { Entity } from '@backstage/catalog-model';
import { identityApiRef } from '@backstage/core-plugin-api';
import { toastApiRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { act } from '@testing-library/react';
import type { ReactElement } from 'react';
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
      ]}
    >
      {element}
    </TestApiProvider>,
    {
      routeEntries: [options.route ?? '/akko'],
      mountedRoutes: {
        '/akko': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return {
    toasts,
    /** What the backend broadcasts. */
    signal: (signal: AkkoSignal) =>
      act(async () => listeners.forEach(listener => listener(signal))),
  };
}
