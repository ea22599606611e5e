import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { AkkoPolicy } from './AkkoPolicy';

/** The portal's permission policy. `permission.akko.platformTeam` names who may do everything. */
export const akkoPolicyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'akko-policy',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
      },
      async init({ config, policy }) {
        const team =
          config.getOptionalStringArray('permission.akko.platformTeam') ?? [];
        policy.setPolicy(new AkkoPolicy(team));
      },
    });
  },
});
