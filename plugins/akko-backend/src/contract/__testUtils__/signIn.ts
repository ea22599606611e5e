import { createBackendModule } from '@backstage/backend-plugin-api';
import { authProvidersExtensionPoint } from '@backstage/plugin-auth-node';

/**
 * Signs in whoever a request names, with the groups that it names. The tokens are real ones of the auth backend.
 */
export const signInModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'test-provider',
  register(env) {
    env.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'test',
          factory: ({ resolverContext }) => ({
            async start() {},
            async frameHandler() {},
            async refresh({ query }, response) {
              const { group, user } = query as Record<string, string>;
              response.json(
                await resolverContext.issueToken({
                  claims: { sub: user, ent: [user, group] },
                }),
              );
            },
          }),
        });
      },
    });
  },
});
