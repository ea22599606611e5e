import { AkkoClient } from '@akko/backstage-plugin-akko-common';
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import StorageIcon from '@material-ui/icons/Storage';
import { akkoApiRef } from './api/akkoApi';
import { isAkkoAvailable } from './isAkkoAvailable';
import { rootRouteRef } from './routes';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: akkoApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new AkkoClient(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/akko',
    title: 'AKKO',
    icon: <StorageIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    // The page's own header works in both frontend systems.
    noHeader: true,
    loader: () =>
      import('./components/AkkoRouter').then(({ AkkoRouter }) => (
        <AkkoRouter />
      )),
  },
});

const bootstrapCard = EntityCardBlueprint.make({
  name: 'bootstrap',
  params: {
    type: 'content',
    filter: isAkkoAvailable,
    loader: () =>
      import('./components/card/BootstrapCard').then(({ BootstrapCard }) => (
        <BootstrapCard />
      )),
  },
});

/**
 * AKKO for Backstage's new frontend system: pages below `/akko`, and the card **AKKO bootstrap** for entities with the annotation
 * `akko.io/instance`.
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'akko',
  title: 'AKKO',
  icon: <StorageIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [api, page, bootstrapCard],
});
