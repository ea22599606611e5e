import { createApp } from '@backstage/frontend-defaults';
import { navigationModule } from './modules/navigation';
import { signInModule } from './modules/signIn';

/** The portal. Plugins are discovered from this package's dependencies (`app.packages` in app-config.yaml). */
export const app = createApp({
  features: [navigationModule, signInModule],
});
