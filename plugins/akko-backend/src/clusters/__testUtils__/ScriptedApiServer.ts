import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { MirroredKind } from '../types';

/** An object as JSON. */
export interface JsonObject {
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion?: string;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

/** How a request is answered instead of normally. */
export type Fault = (
  request: IncomingMessage,
  response: ServerResponse,
) => void;

interface Watch {
  plural: MirroredKind;
  response: ServerResponse;
  hangs: boolean;
}

interface LoggedEvent {
  plural: MirroredKind;
  version: number;
  line: string;
}

/** Answers with this status and a Kubernetes Status body. */
export function status(
  code: number,
  reason: string,
  headers: Record<string, string> = {},
): Fault {
  return (_request, response) => {
    response.writeHead(code, {
      'content-type': 'application/json',
      ...headers,
    });
    response.end(JSON.stringify(statusBody(code, reason)));
  };
}

/** Cuts the connection before any answer. */
export const reset: Fault = request => request.socket.resetAndDestroy();

/** Takes the request and never answers. */
export const hang: Fault = () => {};

/** Begins a watch and sends this instead of events; then ends it, or cuts it. */
export function sends(text: string, end: 'end' | 'cut' = 'end'): Fault {
  return (request, response) => {
    response.writeHead(200);
    response.write(text, () =>
      end === 'end' ? response.end() : request.socket.resetAndDestroy(),
    );
  };
}

/** A Job as the API server sends it, ended if a condition is given. */
export function job(
  name: string,
  condition?: string,
  uid = `uid-of-${name}`,
): JsonObject {
  return {
    metadata: { namespace: 'akko', name, uid, managedFields: [{}] },
    spec: { template: {} },
    status: condition
      ? { conditions: [{ type: condition, status: 'True' }] }
      : { active: 1 },
  };
}

/** Begins a watch well and then says ERROR. */
export function errorEvent(code: number, reason: string): Fault {
  const event = { type: 'ERROR', object: statusBody(code, reason) };
  return sends(`${JSON.stringify(event)}\n`);
}

function statusBody(code: number, reason: string): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    code,
    reason,
    message: `scripted ${reason}`,
  };
}

/**
 * The list and watch of an API server, over real HTTP(S), with a fault for any request. It knows neither schemas nor controllers: what a
 * test puts is what it serves.
 */
export class ScriptedApiServer {
  /** TCP (or TLS) connections ever accepted. */
  connections = 0;
  readonly requests: string[] = [];
  readonly tokens = new Set(['first-token']);
  private readonly objects = new Map<string, JsonObject>();
  private readonly watches = new Set<Watch>();
  private readonly sockets = new Set<Socket>();
  private readonly faults: { match: RegExp; fault: Fault; times: number }[] =
    [];
  private log: LoggedEvent[] = [];
  private version = 100;
  private compactedTo = 0;
  private port = 0;
  private server?: Server;

  constructor(private readonly tls?: { key: string; cert: string }) {}

  get url(): string {
    return `${this.tls ? 'https' : 'http'}://127.0.0.1:${this.port}`;
  }

  /** Starts, or starts again on the same port with what it had. */
  async start(): Promise<void> {
    const handle = (request: IncomingMessage, response: ServerResponse) =>
      this.handle(request, response);
    const server = this.tls
      ? createHttpsServer(this.tls, handle)
      : createHttpServer(handle);
    server.on(this.tls ? 'secureConnection' : 'connection', socket => {
      this.connections += 1;
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    this.server = server;
    await new Promise<void>(resolve =>
      server.listen(this.port, '127.0.0.1', resolve),
    );
    this.port = (server.address() as AddressInfo).port;
  }

  /** Cuts every connection and refuses new ones. */
  async stop(): Promise<void> {
    this.watches.clear();
    this.sockets.forEach(socket => socket.destroy());
    await new Promise(resolve => this.server?.close(resolve));
  }

  /** Answers the next matching requests (`WATCH /apis/batch/v1/jobs`) with a fault. */
  fail(match: RegExp, fault: Fault, times = Infinity): void {
    this.faults.push({ match, fault, times });
  }

  recover(): void {
    this.faults.length = 0;
  }

  put(plural: MirroredKind, object: JsonObject): void {
    const key = `${plural}/${object.metadata.namespace}/${object.metadata.name}`;
    const type = this.objects.has(key) ? 'MODIFIED' : 'ADDED';
    this.objects.set(key, this.publish(plural, type, object));
  }

  delete(plural: MirroredKind, object: JsonObject): void {
    const { namespace, name } = object.metadata;
    this.objects.delete(`${plural}/${namespace}/${name}`);
    this.publish(plural, 'DELETED', object);
  }

  /** Tells all watches how far they are. */
  bookmark(): void {
    for (const { plural } of this.watches) {
      this.publish(plural, 'BOOKMARK', {
        metadata: { name: '', namespace: '', uid: '' },
      });
    }
  }

  /** Forgets the past: whoever asks for it is told 410. */
  compact(): void {
    this.version += 1;
    this.compactedTo = this.version;
    this.log = [];
  }

  /** Begins to count from the start again, as a store that was restored from a backup. */
  rewind(): void {
    this.version = 1;
    this.log = [];
  }

  /** Cuts all watches. */
  cutWatches(): void {
    this.watches.forEach(({ response }) => response.socket?.resetAndDestroy());
    this.watches.clear();
  }

  /** Lets all watches go silent without a word: what a vanished node or a forgetful firewall does. */
  silenceWatches(): void {
    this.watches.forEach(watch => {
      watch.hangs = true;
    });
  }

  get openWatches(): number {
    return this.watches.size;
  }

  private publish(
    plural: MirroredKind,
    type: string,
    object: JsonObject,
  ): JsonObject {
    this.version += 1;
    const stored = {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(this.version) },
    };
    const line = `${JSON.stringify({ type, object: stored })}\n`;
    this.log.push({ plural, version: this.version, line });
    for (const watch of this.watches) {
      if (watch.plural === plural && !watch.hangs) {
        watch.response.write(line);
      }
    }
    return stored;
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url!, this.url);
    const watch = url.searchParams.get('watch') === 'true';
    const name = `${watch ? 'WATCH' : request.method} ${url.pathname}`;
    this.requests.push(`${name}${url.search}`);
    const scripted = this.faults.find(
      ({ match, times }) => times > 0 && match.test(name),
    );
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (scripted) {
      scripted.times -= 1;
      scripted.fault(request, response);
    } else if (!this.tokens.has(token)) {
      status(401, 'Unauthorized')(request, response);
    } else if (url.pathname === '/version') {
      response.end(JSON.stringify({ gitVersion: 'v1.35.4' }));
    } else {
      const plural = url.pathname.split('/').pop() as MirroredKind;
      if (watch) {
        this.watch(plural, url, request, response);
      } else {
        this.list(plural, url, response);
      }
    }
  }

  private list(plural: MirroredKind, url: URL, response: ServerResponse): void {
    const limit = Number(url.searchParams.get('limit') ?? 500);
    const offset = Number(url.searchParams.get('continue') ?? 0);
    const all = [...this.objects]
      .filter(([key]) => key.startsWith(`${plural}/`))
      .map(([, object]) => object);
    const more = offset + limit < all.length;
    response.end(
      JSON.stringify({
        metadata: {
          resourceVersion: String(this.version),
          continue: more ? String(offset + limit) : undefined,
        },
        items: all.slice(offset, offset + limit),
      }),
    );
  }

  private watch(
    plural: MirroredKind,
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const from = Number(url.searchParams.get('resourceVersion'));
    if (from < this.compactedTo) {
      status(410, 'Expired')(request, response);
      return;
    }
    response.writeHead(200);
    response.flushHeaders();
    this.log
      .filter(event => event.plural === plural && event.version > from)
      .forEach(event => response.write(event.line));
    const watch = { plural, response, hangs: false };
    this.watches.add(watch);
    response.on('close', () => this.watches.delete(watch));
  }
}
