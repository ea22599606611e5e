import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { HomePageLayoutBlueprint } from '@backstage/plugin-home-react/alpha';

const homeLayout = HomePageLayoutBlueprint.make({
  params: {
    loader: () => import('./HomeLayout').then(({ HomeLayout }) => HomeLayout),
  },
});

/** The home page; which widgets stand on it at first is in app-config (`page:home`). */
export const homeModule = createFrontendModule({
  pluginId: 'home',
  extensions: [homeLayout],
});
