import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { AkkoEntityProvider } from './AkkoEntityProvider';
import { readConfig } from './config';
import { HttpAkkoApi } from './fleet';
import { RefreshOnEvents } from './RefreshOnEvents';

/** Id of the scheduled task, one for all replicas. */
const TASK_ID = 'akko-entity-provider';

/**
 * Publishes the instances that the akko plugin knows as entities of the catalog.
 * @public
 */
export const catalogModuleAkko = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'akko',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { auth, catalog, discovery, events, logger, scheduler } = deps;
        const config = readConfig(deps.config);
        const onEvents = new RefreshOnEvents({
          events,
          logger,
          trigger: () => scheduler.triggerTask(TASK_ID),
        });
        deps.lifecycle.addShutdownHook(() => onEvents.stop());
        deps.processing.addEntityProvider(
          new AkkoEntityProvider({
            config,
            api: signal => new HttpAkkoApi({ auth, discovery, signal }),
            auth,
            catalog,
            logger,
            schedule: async refresh => {
              await scheduler
                .createScheduledTaskRunner(config.schedule)
                .run({ id: TASK_ID, fn: refresh });
              await onEvents.start();
            },
          }),
        );
      },
    });
  },
});
