import { AkkoClient } from '@akko/backstage-plugin-akko-common';
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
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

const backupsWidget = HomePageWidgetBlueprint.make({
  name: 'backups',
  params: {
    name: 'AkkoBackups',
    title: 'AKKO backups',
    description: 'The backups of the fleet that are protected least',
    layout: { width: { minColumns: 4 }, height: { minRows: 3 } },
    components: () =>
      import('./components/home/BackupsWidget').then(({ BackupsWidget }) => ({
        Content: BackupsWidget,
      })),
  },
});

/**
 * AKKO for Backstage's new frontend system: pages below `/akko`, the card **AKKO bootstrap** for entities with the annotation
 * `akko.io/instance`, and the widget **AKKO backups** for the home page.
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'akko',
  title: 'AKKO',
  icon: <StorageIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [api, page, bootstrapCard, backupsWidget],
});
