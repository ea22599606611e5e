import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { PrometheusReader } from './PrometheusReader';
import type { MetricsAddress } from './readMetricsAddress';

const compress = promisify(gzip);
const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** What {@link MetricsEndpoint} is made of. */
export interface MetricsEndpointOptions {
  reader: Pick<PrometheusReader, 'scrape'>;
  address: MetricsAddress;
  logger: LoggerService;
}

/** Serves `/metrics` on an address of its own, which need not be where users come in. */
export class MetricsEndpoint {
  private readonly server: Server;
  private lastProblem?: string;

  constructor(private readonly options: MetricsEndpointOptions) {
    this.server = createServer((request, response) =>
      this.answer(request, response),
    );
    // Nobody's last wish is to be measured.
    this.server.unref();
  }

  /** Never rejects: a portal without metrics is better than none. */
  async start(): Promise<void> {
    const { address, logger } = this.options;
    const { host, port } = address;
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    try {
      this.server.listen({ host, port });
      await once(this.server, 'listening');
      this.server.on('error', error =>
        logger.error('The metrics endpoint had an error', error),
      );
      logger.info(`Metrics are at ${url}/metrics`);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      logger.warn(
        `No metrics are served at ${url}: ${
          code === 'EADDRINUSE'
            ? 'the port is in use; AKKO_METRICS_PORT names another, or is off'
            : message
        }`,
      );
    }
  }

  async stop(): Promise<void> {
    if (this.server.listening) {
      const closed = once(this.server, 'close');
      this.server.close();
      this.server.closeAllConnections();
      await closed;
    }
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const path = request.url?.split('?')[0];
    if (path !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    try {
      const { text, errors } = await this.options.reader.scrape();
      this.tell(errors);
      const isZipped = /\bgzip\b/.test(
        String(request.headers['accept-encoding'] ?? ''),
      );
      const body = isZipped ? await compress(text) : text;
      response
        .writeHead(200, {
          'Content-Type': CONTENT_TYPE,
          Vary: 'Accept-Encoding',
          ...(isZipped && { 'Content-Encoding': 'gzip' }),
        })
        .end(body);
    } catch (error) {
      this.tell([error]);
      response.writeHead(500).end();
    }
  }

  /** Once, not at every scrape, and not once per metric that has the same problem. */
  private tell(errors: readonly unknown[]): void {
    const problem = errors.length > 0 ? String(errors[0]) : undefined;
    if (problem && problem !== this.lastProblem) {
      this.options.logger.error(
        `Metrics could not be read, ${errors.length} in all: ${problem}`,
      );
    }
    this.lastProblem = problem;
  }
}
