import {
  coreServices,
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { metrics } from '@opentelemetry/api';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { MetricsEndpoint } from './MetricsEndpoint';
import { PrometheusReader } from './PrometheusReader';
import { readMetricsAddress, type MetricsAddress } from './readMetricsAddress';

/**
 * Sets OpenTelemetry up so that what plugins measure is served to Prometheus. Call it before the backend starts: what was made before has no
 * measure. Backstage's own tutorial does this in a file given to `node --require`, which tracing needs, as it changes modules while they load;
 * metrics do not, and so every way to start this backend has them.
 */
export function createMetrics(env: NodeJS.ProcessEnv): BackendFeature {
  const setUp = setUpReader(env);
  return createBackendPlugin({
    pluginId: 'metrics',
    register(plugin) {
      plugin.registerInit({
        deps: {
          lifecycle: coreServices.rootLifecycle,
          logger: coreServices.logger,
        },
        async init({ lifecycle, logger }) {
          if ('why' in setUp) {
            logger.warn(`No metrics are served: ${setUp.why}`);
          } else if (setUp.address) {
            const endpoint = new MetricsEndpoint({ ...setUp, logger });
            lifecycle.addShutdownHook(() => endpoint.stop());
            await endpoint.start();
          }
        },
      });
    },
  });
}

function setUpReader(
  env: NodeJS.ProcessEnv,
):
  | { address: MetricsAddress; reader: PrometheusReader }
  | { address?: undefined }
  | { why: string } {
  let address: MetricsAddress | undefined;
  try {
    address = readMetricsAddress(env);
  } catch (error) {
    return { why: (error as Error).message };
  }
  if (!address) {
    return {};
  }
  const reader = new PrometheusReader();
  const isFirst = metrics.setGlobalMeterProvider(
    new MeterProvider({ readers: [reader] }),
  );
  return isFirst
    ? { address, reader }
    : { why: 'OpenTelemetry was set up elsewhere, which has them' };
}
