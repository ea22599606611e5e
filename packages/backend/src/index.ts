import { createBackend } from '@backstage/backend-defaults';
import { createMetrics } from './metrics';
import { akkoPolicyModule } from './policy';
import { startOrExit, startupLock } from './startup';

// First of all, so that whatever follows is measured; docs/metrics.md.
const metrics = createMetrics(process.env);
const backend = createBackend();

backend.add(metrics);
// So that replicas of a new version start one after the other; docs/deployment.md.
backend.add(startupLock);

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);

backend.add(import('@backstage/plugin-scaffolder-backend'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(akkoPolicyModule);

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.add(import('@akko/backstage-plugin-akko-backend'));
backend.add(import('@akko/backstage-plugin-catalog-backend-module-akko'));
backend.add(import('@akko/backstage-plugin-scaffolder-backend-module-akko'));

startOrExit(backend);
