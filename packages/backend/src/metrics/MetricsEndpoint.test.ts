import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { mockServices } from '@backstage/backend-test-utils';
import { MetricsEndpoint } from './MetricsEndpoint';

/** A port that is taken as long as its server is open. */
async function takePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const free = async () => {
    server.close();
    await once(server, 'close');
  };
  return { port, free };
}

describe('MetricsEndpoint', () => {
  const logger = mockServices.logger.mock();
  const scrape = jest.fn();
  let address: { host: string; port: number };
  let endpoint: MetricsEndpoint;

  beforeEach(async () => {
    jest.resetAllMocks();
    scrape.mockResolvedValue({ text: 'akko_backups 1\n', errors: [] });
    const { port, free } = await takePort();
    await free();
    address = { host: '127.0.0.1', port };
    endpoint = new MetricsEndpoint({ reader: { scrape }, address, logger });
  });
  afterEach(() => endpoint.stop());

  const ask = (path: string, init?: RequestInit) =>
    fetch(`http://127.0.0.1:${address.port}${path}`, init);

  it('answers Prometheus, and says where', async () => {
    await endpoint.start();

    const response = await ask('/metrics?name=any');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(
      'text/plain; version=0.0.4; charset=utf-8',
    );
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(await response.text()).toBe('akko_backups 1\n');
    expect(logger.info).toHaveBeenCalledWith(
      `Metrics are at http://127.0.0.1:${address.port}/metrics`,
    );
    const plain = await ask('/metrics', {
      headers: { 'accept-encoding': 'identity' },
    });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe('akko_backups 1\n');
  });

  it('has nothing else', async () => {
    await endpoint.start();

    expect((await ask('/')).status).toBe(404);
    expect((await ask('/metrics/x')).status).toBe(404);
    expect((await ask('/metrics', { method: 'POST' })).status).toBe(405);
    expect(scrape).not.toHaveBeenCalled();
  });

  it('says in one line that its port is in use, and lets the portal go on', async () => {
    const { port, free } = await takePort();
    const second = new MetricsEndpoint({
      reader: { scrape },
      address: { ...address, port },
      logger,
    });

    await second.start();
    expect(logger.warn.mock.calls).toEqual([
      [
        `No metrics are served at http://127.0.0.1:${port}: the port is in use; AKKO_METRICS_PORT names another, or is off`,
      ],
    ]);
    await second.stop();
    await free();
  });

  it('says once that something could not be measured, and again after it was well', async () => {
    await endpoint.start();
    const broken = {
      text: 'akko_backups 1\n',
      errors: [new Error('not now'), new Error('not now')],
    };
    scrape.mockResolvedValueOnce(broken).mockResolvedValueOnce(broken);

    expect((await ask('/metrics')).status).toBe(200);
    await ask('/metrics');
    expect(logger.error.mock.calls).toEqual([
      ['Metrics could not be read, 2 in all: Error: not now'],
    ]);

    await ask('/metrics');
    scrape.mockRejectedValueOnce(new Error('not now'));
    expect((await ask('/metrics')).status).toBe(500);
    expect(logger.error).toHaveBeenCalledTimes(2);
  });

  it('is gone when it is stopped', async () => {
    await endpoint.start();
    await ask('/metrics');

    await endpoint.stop();
    await endpoint.stop();
    await expect(ask('/metrics')).rejects.toThrow();
  });
});
