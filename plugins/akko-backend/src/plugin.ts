import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import {
  akkoPermissions,
  parseInstanceRef,
} from '@akko/backstage-plugin-akko-common';
import {
  akkoDiagnosisExtensionPoint,
  akkoInstanceResourceRef,
  akkoInstanceRules,
} from '@akko/backstage-plugin-akko-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { ActionDoor, registerActions } from './actions';
import { createServices } from './createServices';
import { AddedRules } from './diagnosis';
import { createRouter } from './http/createRouter';
import { scheduleRetention } from './runs';

/**
 * The AKKO backend plugin: watches clusters, remembers runs, carries operations out, and answers the API under `/api/akko`.
 * @public
 */
export const akkoPlugin = createBackendPlugin({
  pluginId: 'akko',
  register(env) {
    const rules = new AddedRules();
    env.registerExtensionPoint(akkoDiagnosisExtensionPoint, rules);
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init(deps) {
        const { httpRouter, lifecycle, logger, scheduler } = deps;
        const services = await createServices({ ...deps, rules });
        const { access, limits, verbs } = services;

        deps.permissionsRegistry.addResourceType({
          resourceRef: akkoInstanceResourceRef,
          permissions: akkoPermissions,
          rules: Object.values(akkoInstanceRules),
          getResources: async refs =>
            refs.map(text => {
              const ref = parseInstanceRef(text);
              return ref && access.resourceOf(ref);
            }),
        });
        // The router authenticates each request itself, so that a refusal has the API's own error code.
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
        httpRouter.use(await createRouter({ ...deps, limits, verbs }));
        const portal = deps.config.getOptionalString('app.baseUrl') ?? '';
        registerActions({
          actionsRegistry: deps.actionsRegistry,
          door: new ActionDoor({ auth: deps.auth, limits }),
          verbs,
          linkOf: ref => `${portal}/akko/${ref}`,
        });

        await scheduleRetention({
          ...services.history,
          logger,
          runner: scheduler.createScheduledTaskRunner({
            frequency: { hours: 24 },
            timeout: { minutes: 30 },
            initialDelay: { minutes: 5 },
          }),
        });
        await services.drills.start(
          scheduler.createScheduledTaskRunner({
            frequency: { minutes: 1 },
            timeout: { minutes: 10 },
            initialDelay: { seconds: 30 },
          }),
        );

        lifecycle.addStartupHook(() => services.start());
        lifecycle.addShutdownHook(() => services.stop());
      },
    });
  },
});
