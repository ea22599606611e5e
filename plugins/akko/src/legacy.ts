/**
 * AKKO for apps on Backstage's former frontend system.
 *
 * @packageDocumentation
 */
import { AkkoClient } from '@akko/backstage-plugin-akko-common';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { akkoApiRef } from './api/akkoApi';
import { rootRouteRef } from './routes';

/** @public */
export const akkoPlugin = createPlugin({
  id: 'akko',
  routes: { root: rootRouteRef },
  apis: [
    createApiFactory({
      api: akkoApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new AkkoClient(deps),
    }),
  ],
});

/**
 * The pages, for a route of the app: `<Route path="/akko" element={<AkkoPage />} />`.
 * @public
 */
export const AkkoPage = akkoPlugin.provide(
  createRoutableExtension({
    name: 'AkkoPage',
    component: () =>
      import('./components/AkkoRouter').then(({ AkkoRouter }) => AkkoRouter),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The card for entity pages; show it where `isAkkoAvailable`.
 * @public
 */
export const EntityAkkoBootstrapCard = akkoPlugin.provide(
  createComponentExtension({
    name: 'EntityAkkoBootstrapCard',
    component: {
      lazy: () =>
        import('./components/card/BootstrapCard').then(
          ({ BootstrapCard }) => BootstrapCard,
        ),
    },
  }),
);

/**
 * A card for the home page: the backups of the fleet that are protected least.
 * @public
 */
export const AkkoBackupsCard = akkoPlugin.provide(
  createComponentExtension({
    name: 'AkkoBackupsCard',
    component: {
      lazy: () =>
        import('./components/home/BackupsCard').then(
          ({ BackupsCard }) => BackupsCard,
        ),
    },
  }),
);
