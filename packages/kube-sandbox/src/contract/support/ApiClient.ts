import { Agent, request, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { WatchReader } from './WatchReader';

/** How to reach an API server; what TLS and headers need. */
export interface Connection {
  url: string;
  ca: string;
  token?: string;
  /** PEM of a client certificate. */
  cert?: string;
  key?: string;
}

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
  /** The body, or undefined where it is no JSON. */
  body: any;
}

export interface CallOptions {
  /** Sent as JSON unless it is a text. */
  body?: unknown;
  contentType?: string;
  accept?: string;
  /** Instead of the connection's own credentials; empty for none. */
  authorization?: string;
}

/** Plain HTTPS: the contract is about what goes over the wire, so no client library stands between. */
export class ApiClient {
  private readonly agent: Agent;
  private readonly open = new Set<WatchReader>();

  constructor(private readonly connection: Connection) {
    const { ca, cert, key } = connection;
    this.agent = new Agent({ ca, cert, key, keepAlive: true });
  }

  get(path: string, options?: CallOptions) {
    return this.call('GET', path, options);
  }

  post(path: string, body: unknown, options?: CallOptions) {
    return this.call('POST', path, { body, ...options });
  }

  put(path: string, body: unknown, options?: CallOptions) {
    return this.call('PUT', path, { body, ...options });
  }

  delete(path: string, body?: unknown, options?: CallOptions) {
    return this.call('DELETE', path, { body, ...options });
  }

  patch(
    path: string,
    format: 'json-patch' | 'merge-patch' | 'strategic-merge-patch',
    body: unknown,
  ) {
    return this.call('PATCH', path, {
      body,
      contentType: `application/${format}+json`,
    });
  }

  async call(
    method: string,
    path: string,
    options: CallOptions = {},
  ): Promise<Answer> {
    const response = await this.send(method, path, options);
    const chunks: Buffer[] = [];
    for await (const chunk of response) {
      chunks.push(chunk as Buffer);
    }
    const text = Buffer.concat(chunks).toString('utf8');
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      text,
      body: parse(text),
    };
  }

  /** Opens a stream of lines: a watch or a followed log. */
  async stream(path: string): Promise<WatchReader> {
    const reader = new WatchReader(await this.send('GET', path, {}));
    this.open.add(reader);
    return reader;
  }

  close(): void {
    this.open.forEach(reader => reader.close());
    this.agent.destroy();
  }

  private send(
    method: string,
    path: string,
    options: CallOptions,
  ): Promise<IncomingMessage> {
    const { url, token } = this.connection;
    const body = bodyText(options.body);
    const authorization =
      options.authorization ?? (token ? `Bearer ${token}` : '');
    const requestOptions: RequestOptions = {
      method,
      // Without credentials the client certificate must not be offered either.
      agent:
        options.authorization === undefined
          ? this.agent
          : new Agent({ ca: this.connection.ca }),
      headers: {
        Accept: options.accept ?? 'application/json',
        ...(authorization ? { Authorization: authorization } : {}),
        ...(body === undefined
          ? {}
          : {
              'Content-Type': options.contentType ?? 'application/json',
              // Node leaves the length of a DELETE's body out by itself.
              'Content-Length': Buffer.byteLength(body),
            }),
      },
    };
    return new Promise((resolve, reject) => {
      const call = request(`${url}${path}`, requestOptions, resolve);
      call.on('error', reject);
      call.end(body);
    });
  }
}

function bodyText(body: unknown): string | undefined {
  return body === undefined || typeof body === 'string'
    ? body
    : JSON.stringify(body);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
