import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { metrics } from '@opentelemetry/api';
import { createMetrics } from './createMetrics';

/** Measures one thing, as plugins do. */
const measuring = createBackendPlugin({
  pluginId: 'measuring',
  register(plugin) {
    plugin.registerInit({
      deps: { service: metricsServiceRef },
      async init({ service }) {
        service.createCounter('things').add(3);
      },
    });
  },
});

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}

describe('createMetrics', () => {
  const logger = mockServices.logger.mock();

  beforeEach(() => {
    jest.resetAllMocks();
    logger.child.mockReturnValue(logger);
    metrics.disable();
  });
  afterAll(() => metrics.disable());

  const start = (env: NodeJS.ProcessEnv) =>
    startTestBackend({
      features: [
        createMetrics(env),
        measuring,
        metricsServiceMock.factory(),
        logger.factory,
      ],
    });

  it('serves what plugins measure, until the backend ends', async () => {
    const port = await freePort();
    const backend = await start({ AKKO_METRICS_PORT: port });

    const response = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(await response.text()).toMatch(
      /^things_total\{otel_scope_name="backstage-plugin-measuring"\} 3$/m,
    );

    await backend.stop();
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
  });

  it('is silent when it is off', async () => {
    const backend = await start({ AKKO_METRICS_PORT: 'off' });

    expect(logger.warn).not.toHaveBeenCalled();
    await backend.stop();
  });

  it('lets a portal start whose port is none, and says so', async () => {
    const backend = await start({ AKKO_METRICS_PORT: 'prometheus' });

    expect(logger.warn).toHaveBeenCalledWith(
      "No metrics are served: AKKO_METRICS_PORT must be a port from 1 to 65535, or 'off', and is 'prometheus'",
    );
    await backend.stop();
  });

  it('leaves an OpenTelemetry that was set up before as it is', async () => {
    const port = await freePort();
    createMetrics({ AKKO_METRICS_PORT: port });
    const backend = await start({ AKKO_METRICS_PORT: port });

    expect(logger.warn).toHaveBeenCalledWith(
      'No metrics are served: OpenTelemetry was set up elsewhere, which has them',
    );
    await backend.stop();
  });
});
