import { createBackendModule } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';

/** The group that may do everything with AKKO. */
export const OPERATORS = 'group:default/operators';
/** The group that may read; others may do nothing. */
export const READERS = 'group:default/readers';

/** A policy that knows two groups. */
export const policyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'test-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy({
          handle: async ({ permission }, user) => {
            const groups = user?.info.ownershipEntityRefs ?? [];
            const isAllowed =
              !permission.name.startsWith('akko.') ||
              groups.includes(OPERATORS) ||
              (groups.includes(READERS) &&
                permission.attributes.action === 'read');
            return {
              result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
            };
          },
        });
      },
    });
  },
});
