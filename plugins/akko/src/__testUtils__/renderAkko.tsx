import {
  AkkoClient,
  SIGNAL_CHANNEL,
  type AkkoSignal,
} from '@akko/backstage-plugin-akko-common';
import { toastApiRef } from '@backstage/frontend-plugin-api';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { act } from '@testing-library/react';
import type { ReactElement } from 'react';
import { akkoApiRef } from '../api/akkoApi';
import { rootRouteRef } from '../routes';

/** Where the API answers in tests. */
export const BASE = 'http://portal.test/api/akko';

/** Renders a part of the plugin in an app, over the real client. */
export async function renderAkko(
  element: ReactElement,
  options: { route?: string; mayRun?: boolean } = {},
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
            authorize: async () => ({
              result:
                options.mayRun === false
                  ? AuthorizeResult.DENY
                  : AuthorizeResult.ALLOW,
            }),
          },
        ],
      ]}
    >
      {element}
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
