import { createServer as createHttpServer, type Server } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import {
  faultStatus,
  type Fault,
  FaultInjector,
} from '../faults/FaultInjector';
import { authenticate, authorize, type AccessToken } from './access';
import { answer, answerError } from './answer';
import { dispatch } from './dispatch';
import type { RequestCounters } from './RequestCounters';
import { parseRequest, type RequestInfo } from './requestInfo';
import type { ServerContext } from './types';
import { WatchStream } from './watch';

const idleTimeout = 90_000;

export interface ApiServerOptions {
  context: ServerContext;
  /** PEM; plain HTTP without. */
  certificate?: { key: string; cert: string };
  host: string;
  /** 0: any free one, kept for the next start. */
  port: number;
  tokens: Iterable<AccessToken>;
  counters: RequestCounters;
}

/** The Kubernetes API of one store, over HTTP(S). */
export class ApiServer {
  private server?: Server;
  private readonly sockets = new Set<Socket>();
  private readonly watches = new Set<WatchStream>();

  readonly faults = new FaultInjector(
    () => this.openWatches,
    refuse => (refuse ? this.stop() : this.start()),
  );

  constructor(private readonly options: ApiServerOptions) {}

  /** The port that it listens on, or listened on last. */
  get port(): number {
    return this.options.port;
  }

  get openWatches(): WatchStream[] {
    return [...this.watches];
  }

  /** @throws Error when the port cannot be had */
  async start(): Promise<void> {
    if (this.server) {
      return;
    }
    const { certificate } = this.options;
    const listener = (request: IncomingMessage, response: ServerResponse) => {
      void this.serve(request, response);
    };
    const server = certificate
      ? createHttpsServer(certificate, listener)
      : createHttpServer(listener);
    // As the real server; Node's own five seconds break pools of connections that were just about to be used.
    server.keepAliveTimeout = idleTimeout;
    server.on('connection', (socket: Socket) => {
      this.options.counters.connected();
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', error =>
        reject(
          new Error(
            `The sandbox cannot listen on ${this.options.host}:${this.options.port}: ${error.message}. Choose another port.`,
          ),
        ),
      );
      server.listen(this.options.port, this.options.host, resolve);
    });
    this.options.port = (server.address() as AddressInfo).port;
  }

  /** Closes the port and every connection. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) {
      return;
    }
    const closed = new Promise(resolve => server.close(resolve));
    this.sockets.forEach(socket => socket.destroy());
    await closed;
  }

  private async serve(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { counters, tokens, context } = this.options;
    const info = parsed(request);
    if (!info) {
      response.writeHead(400, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end('400 Bad Request');
      return;
    }
    const counted = info.subresource
      ? `${info.resource}/${info.subresource}`
      : info.resource || info.path;
    counters.count(info.verb, counted);
    try {
      const user = authenticate(request.headers.authorization, tokens);
      const hits = this.faults.take(info.verb, info.resource);
      for (const fault of hits) {
        if (await this.suffer(fault, info, request, response)) {
          return;
        }
      }
      authorize(user, info);
      await dispatch({ context, info, user, request, response }, call => {
        const watch = new WatchStream(call, () => this.reset(request.socket));
        this.watches.add(watch);
        watch.start(() => this.watches.delete(watch));
        return watch;
      });
    } catch (error) {
      answerError(request, response, error);
    }
  }

  // A TLS socket wraps the one that can be reset; both have the same remote port.
  private reset({ remotePort }: Socket): void {
    for (const socket of this.sockets) {
      if (socket.remotePort === remotePort) {
        socket.resetAndDestroy();
      }
    }
  }

  /** @returns whether the request is answered, or never will be */
  private async suffer(
    fault: Fault,
    info: RequestInfo,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> {
    switch (fault.kind) {
      case 'latency':
        await new Promise<void>(resolve => {
          this.options.context.clock.after(fault.milliseconds ?? 0, resolve);
        });
        return false;
      case 'reset':
        this.reset(request.socket);
        return true;
      case 'drop':
        request.socket.destroy();
        return true;
      case 'hang':
        if (info.verb === 'watch') {
          response.writeHead(200, { 'Content-Type': 'application/json' });
          response.flushHeaders();
        }
        return true;
      case 'watch-error-event':
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(
          `${JSON.stringify({ type: 'ERROR', object: faultStatus(fault) })}\n`,
        );
        return true;
      default: {
        const status = faultStatus(fault);
        answer(
          request,
          response,
          status.code,
          status,
          fault.retryAfterSeconds === undefined
            ? {}
            : { 'Retry-After': String(fault.retryAfterSeconds) },
        );
        return true;
      }
    }
  }
}

function parsed({ method, url }: IncomingMessage): RequestInfo | undefined {
  try {
    return parseRequest(method ?? 'GET', url ?? '/');
  } catch {
    return undefined;
  }
}
