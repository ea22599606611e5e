import { createApp } from '@backstage/frontend-defaults';
import { homeModule } from './modules/home';
import { navigationModule } from './modules/navigation';
import { signInModule } from './modules/signIn';

/** The portal. Plugins are discovered from this package's dependencies (`app.packages` in app-config.yaml). */
export const app = createApp({
  features: [homeModule, navigationModule, signInModule],
});
