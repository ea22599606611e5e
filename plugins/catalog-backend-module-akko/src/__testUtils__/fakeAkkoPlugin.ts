import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { stringifyInstanceRef } from '@akko/backstage-plugin-akko-common';
import type { FakeAkkoApi } from './FakeAkkoApi';

/** The akko plugin as far as the catalog asks it, of one instance a page. It answers nobody but the catalog. */
export function fakeAkkoPlugin(api: FakeAkkoApi) {
  return createBackendPlugin({
    pluginId: 'akko',
    register(env) {
      env.registerInit({
        deps: {
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
        },
        async init({ httpAuth, httpRouter }) {
          httpRouter.use(async (request, response) => {
            const credentials = await httpAuth.credentials(request, {
              allow: ['service'],
            });
            if (credentials.principal.subject !== 'plugin:catalog') {
              response.status(403).json({});
              return;
            }
            const unknown = {
              error: {
                name: 'NotFoundError',
                message: 'There is no such instance',
                code: 'unknown-instance',
              },
            };
            const [, list, ...ref] = request.path.split('/');
            if (list === 'clusters') {
              response.json({ items: await api.clusters() });
            } else if (list === 'openapi.json') {
              response.type('json').send(await api.openApi());
            } else if (ref.length === 0) {
              const all = await api.instances();
              const at = Number(request.query.cursor ?? 0);
              response.json({
                items: all.slice(at, at + 1),
                nextCursor: at + 1 < all.length ? `${at + 1}` : undefined,
              });
            } else {
              const found = api.all.find(
                each => stringifyInstanceRef(each) === ref.join('/'),
              );
              response.status(found ? 200 : 404).json(found ?? unknown);
            }
          });
        },
      });
    },
  });
}
