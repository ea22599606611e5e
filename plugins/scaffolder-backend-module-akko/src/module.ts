import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createBackupAction } from './actions/createBackupAction';
import { createBootstrapAction } from './actions/createBootstrapAction';
import { systemClock } from './time/clock';

/**
 * Adds the actions `akko:bootstrap` and `akko:backup` to the scaffolder. They call the API of the plugin `akko`, in the name of whoever starts the
 * template.
 * @public
 */
export const scaffolderModuleAkko = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'akko',
  register({ registerInit }) {
    registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
      },
      async init({ actions, auth, catalog, config, discovery }) {
        const options = {
          auth,
          catalog,
          discovery,
          clock: systemClock,
          portalUrl: config.getString('app.baseUrl'),
        };
        actions.addActions(
          createBootstrapAction(options),
          createBackupAction(options),
        );
      },
    });
  },
});
