import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import type { CallerName, DrawnRequest } from './drawnRequests';
import type { Operation } from './ApiDocument';
import type { Knowledge } from './Knowledge';

/** A request as it is sent. */
export interface SentRequest {
  caller: CallerName;
  method: string;
  /** Below the API's base, as it stands in the request line. */
  path: string;
  query: [name: string, value: string][];
  headers: Record<string, string>;
  body?: string;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Longest that an answer may take, beside what the request itself asks to wait for, in milliseconds. */
const PATIENCE = 20_000;

const BASE = '/api/akko';

/** Sends requests exactly as they are written: no client may tidy up paths and headers before. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });

  constructor(
    private readonly port: number,
    private readonly tokens: Record<CallerName, string | undefined>,
    private readonly knowledge: Knowledge,
  ) {}

  /** Puts in what is known by now. */
  write(drawn: DrawnRequest, { template }: Operation): SentRequest {
    const path = `${template.replace(/\{(\w+)\}/g, (_, name) => {
      const value = drawn.path[name];
      return typeof value === 'number'
        ? this.knowledge.pick(template.split('/')[1], value)
        : value;
    })}${drawn.suffix}`;
    const cursor = drawn.withCursor
      ? this.knowledge.cursorOf(listOf(path, drawn.query))
      : undefined;
    const query: SentRequest['query'] = cursor
      ? [...drawn.query, ['cursor', cursor]]
      : drawn.query;
    return {
      caller: drawn.caller,
      method: drawn.method,
      path,
      query,
      headers: {
        ...drawn.headers,
        ...(drawn.withEtag && {
          'If-None-Match': this.knowledge.etagOf(urlOf({ path, query })),
        }),
      },
      body: drawn.body,
    };
  }

  /** @throws Error when there is no answer in time */
  async send(sent: SentRequest): Promise<Answer> {
    const { body, caller, headers, method } = sent;
    const token = this.tokens[caller];
    const wait = Number(new Map(sent.query).get('wait')) || 0;
    const patience = PATIENCE + Math.min(Math.max(wait, 0), 60) * 1000;
    return new Promise<Answer>((resolve, reject) => {
      const outgoing = request(
        {
          agent: this.agent,
          host: '127.0.0.1',
          port: this.port,
          method,
          path: `${BASE}${urlOf(sent)}`,
          headers: {
            ...headers,
            ...(token && { authorization: `Bearer ${token}` }),
            ...(body !== undefined && {
              'content-length': Buffer.byteLength(body),
            }),
          },
          signal: AbortSignal.timeout(patience),
        },
        response => {
          const parts: Buffer[] = [];
          response.on('data', part => parts.push(part));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode!,
              headers: response.headers,
              text: Buffer.concat(parts).toString('utf8'),
            }),
          );
        },
      );
      outgoing.on('error', error =>
        reject(
          new Error(
            `No answer within ${patience / 1000} s to ${describe(sent)}: ${
              error.message
            }`,
          ),
        ),
      );
      outgoing.end(body);
    });
  }

  stop(): void {
    this.agent.destroy();
  }
}

/** The path and what a list is filtered by, so that a cursor can be told to be of it. */
export function listOf(
  path: string,
  query: readonly [string, string][],
): string {
  const filters = query
    .filter(([name]) => !['limit', 'cursor'].includes(name))
    .map(pair => pair.join('='))
    .sort();
  return `${path}?${filters.join('&')}`;
}

export function urlOf({ path, query }: Pick<SentRequest, 'path' | 'query'>) {
  const pairs = query.map(pair => pair.map(encodeURIComponent).join('='));
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}

/** For whoever wants to send it again. */
export function describe(sent: SentRequest): string {
  const { body, caller, headers, method } = sent;
  const said = [
    `${method} ${BASE}${urlOf(sent)}`,
    `as ${caller}`,
    `headers ${JSON.stringify(headers)}`,
    ...(body === undefined ? [] : [`body ${JSON.stringify(body)}`]),
  ];
  return said
    .map(part => (part.length > 1000 ? `${part.slice(0, 1000)}…` : part))
    .join(', ');
}
