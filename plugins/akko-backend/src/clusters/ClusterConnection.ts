import { finished } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import pLimit, { type Limit } from 'p-limit';
import { Pool, type Dispatcher } from 'undici';
import { ClusterCallError } from './ClusterCallError';
import { errorOfAnswer, errorOfTransport } from './callErrors';
import type { Clock } from './clock';
import type { CredentialCache } from './CredentialCache';
import type { Credentials } from './credentials';

const ANSWER_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;
const CALLS_AT_ONCE = 8;
const LISTS_AT_ONCE = 4;
const ERROR_BODY_LIMIT = 64 * 1024;

/** One request to an API server. */
export interface ClusterRequest {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  /** Sent as JSON; as a JSON merge patch with PATCH. */
  body?: unknown;
  /** Media type of the answer; JSON when left out. */
  accept?: string;
  signal?: AbortSignal;
}

/** Whose turn it is: a person's call never waits behind the lists of reflectors that hang. */
export type Lane = 'call' | 'list';

/**
 * All traffic to one cluster: one pool of kept-alive connections, the credentials, and the errors. A watch and a followed log hold a
 * connection each; all else shares a dozen. Every failure is a ClusterCallError.
 */
export class ClusterConnection {
  private readonly lanes: Record<Lane, Limit> = {
    call: pLimit(CALLS_AT_ONCE),
    list: pLimit(LISTS_AT_ONCE),
  };
  private readonly closing = new AbortController();
  private open?: { key: string; pool: Pool };

  constructor(
    private readonly options: {
      cluster: string;
      credentials: CredentialCache;
      clock: Clock;
    },
  ) {}

  /** @returns the body, parsed */
  async json<T>(request: ClusterRequest, lane: Lane = 'call'): Promise<T> {
    return this.lanes[lane](() =>
      this.withDeadline(request, async signal => {
        const response = await this.send({ ...request, signal });
        const result = (await response.body.json()) as T;
        await connectionIsFree();
        return result;
      }),
    );
  }

  /**
   * A body that goes on for as long as the server likes: a watch or a followed log. The caller must consume or destroy it.
   * Only the start of the answer has a time limit.
   */
  async openStream(request: ClusterRequest): Promise<Readable> {
    const { body } = await this.withDeadline(request, signal =>
      this.send({ ...request, signal }),
    );
    return body;
  }

  /** A body that ends soon, such as a log that is not followed. It takes its turn with other calls until it is consumed or destroyed. */
  async stream(request: ClusterRequest): Promise<Readable> {
    return new Promise((resolve, reject) => {
      this.lanes.call(async () => {
        try {
          const body = await this.openStream(request);
          const ended = finished(body, { writable: false }).catch(() => {});
          resolve(body);
          await ended;
          await connectionIsFree();
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  /** Ends all requests. */
  async close(): Promise<void> {
    this.closing.abort(new Error('the portal is stopping'));
    await this.open?.pool.destroy();
  }

  private async withDeadline<T>(
    request: ClusterRequest,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const deadline = new AbortController();
    const timer = this.options.clock.after(ANSWER_TIMEOUT_MS, () =>
      deadline.abort(
        new Error(`no answer within ${ANSWER_TIMEOUT_MS / 1000} s`),
      ),
    );
    const signals = [deadline.signal, this.closing.signal];
    try {
      return await work(
        AbortSignal.any(
          request.signal ? [...signals, request.signal] : signals,
        ),
      );
    } catch (error) {
      throw errorOfTransport(this.options.cluster, nameOf(request), error);
    } finally {
      timer.cancel();
    }
  }

  private async send(
    request: ClusterRequest,
  ): Promise<Dispatcher.ResponseData> {
    const { credentials } = this.options;
    let used = await this.credentialsFrom(() => credentials.current());
    let response = await this.dispatch(request, used);
    if (response.statusCode === 401) {
      const first = used;
      used = await this.credentialsFrom(() => credentials.refresh(first));
      if (used !== first) {
        await response.body.dump();
        await connectionIsFree();
        response = await this.dispatch(request, used);
      }
    }
    if (response.statusCode >= 400) {
      throw errorOfAnswer(
        this.options.cluster,
        nameOf(request),
        response.statusCode,
        await readLimited(response.body),
        response.headers,
      );
    }
    return response;
  }

  private async credentialsFrom(
    load: () => Promise<Credentials>,
  ): Promise<Credentials> {
    try {
      return await load();
    } catch (cause) {
      throw new ClusterCallError({
        kind: 'refused',
        cluster: this.options.cluster,
        message: `Cluster ${
          this.options.cluster
        } cannot be asked without credentials: ${credentialReason(cause)}`,
        cause,
      });
    }
  }

  private async dispatch(
    request: ClusterRequest,
    credentials: Credentials,
  ): Promise<Dispatcher.ResponseData> {
    const base = credentials.server.pathname.replace(/\/$/, '');
    try {
      return await this.poolFor(credentials).request({
        method: request.method ?? 'GET',
        path: `${base}${request.path}${queryOf(request.query)}`,
        headers: {
          accept: request.accept ?? 'application/json',
          'user-agent': 'akko-backstage',
          ...(request.body === undefined
            ? {}
            : {
                'content-type':
                  request.method === 'PATCH'
                    ? 'application/merge-patch+json'
                    : 'application/json',
              }),
          ...credentials.headers,
        },
        body: request.body === undefined ? null : JSON.stringify(request.body),
        signal: request.signal,
      });
    } catch (error) {
      this.options.credentials.suspect();
      throw error;
    }
  }

  /** The pool lives as long as address and TLS identity stay the same; a new token needs no new connection. */
  private poolFor({ server, tls }: Credentials): Pool {
    const key = JSON.stringify([
      server.origin,
      tls.servername,
      ...[tls.ca, tls.cert, tls.key].map(String),
    ]);
    if (this.open?.key !== key) {
      // Requests under way end on the connections that they have.
      this.open?.pool.close().catch(() => {});
      this.open = {
        key,
        pool: new Pool(server.origin, {
          pipelining: 1,
          keepAliveTimeout: KEEP_ALIVE_MS,
          // Deadlines are ours, on the clock that is injected.
          headersTimeout: 0,
          bodyTimeout: 0,
          connect: { ...tls, timeout: CONNECT_TIMEOUT_MS },
        }),
      };
    }
    return this.open.pool;
  }
}

/** A body ends a moment before its connection takes the next request; whoever came within it would open another connection. */
function connectionIsFree(): Promise<void> {
  return nextTurn();
}

/** What an exec plugin wrote to its output is not repeated: a token may be in it. */
function credentialReason(cause: unknown): string {
  return cause instanceof SyntaxError
    ? 'the exec plugin of the kubeconfig wrote something that is not JSON; run it by hand'
    : String((cause as Error).message)
        .trim()
        .split('\n')[0]
        .slice(0, 300);
}

function nameOf(request: ClusterRequest): string {
  const verb =
    request.query?.watch === true ? 'WATCH' : request.method ?? 'GET';
  return `${verb} ${request.path}`;
}

function queryOf(query: ClusterRequest['query']): string {
  const entries = Object.entries(query ?? {}).filter(
    ([, value]) => value !== undefined,
  );
  return entries.length === 0
    ? ''
    : `?${new URLSearchParams(
        entries.map(([name, value]) => [name, String(value)]),
      )}`;
}

async function readLimited(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > ERROR_BODY_LIMIT) {
      break;
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}
