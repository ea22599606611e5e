import { http, HttpResponse, type RequestHandler } from 'msw';

/** An object of the peer, with its columns as the API names them. */
export type PeerObject = Record<string, any> & { id: number; uuid: string };

type Kind = 'database' | 'dataset' | 'chart' | 'dashboard';

/** A fault for one request: an answer instead of the true one, or undefined for the true one. */
export type PeerFault =
  | { status: number; json?: any; location?: string }
  | undefined;

const CAPITALS: Record<Kind, string> = {
  database: 'Database',
  dataset: 'Dataset',
  chart: 'Chart',
  dashboard: 'Dashboards',
};

/** A Superset peer for msw. It answers as Superset 6.1 with PostgreSQL metadata was seen to answer. */
export class SupersetPeer {
  readonly objects: Record<Kind, PeerObject[]> = {
    database: [],
    dataset: [],
    chart: [],
    dashboard: [],
  };
  /** For the next requests. */
  readonly faults: PeerFault[] = [];
  /** For the next requests that write, the session's own aside. */
  readonly writeFaults: PeerFault[] = [];
  /** Tables that Superset finds, as `catalog.schema.table`. */
  readonly tables = new Set<string>();
  /** Whether it reaches Trino. */
  canConnect = true;
  /** Whether the account may make connections and datasets. */
  mayCreate = true;
  readonly tokens: string[] = [];
  /** Tokens that are not taken any more. */
  readonly revoked = new Set<string>();
  writes = 0;
  private lastId = 0;

  constructor(
    readonly origin: string,
    private readonly login: { user: string; password: string },
  ) {}

  get handlers(): RequestHandler[] {
    return [
      http.all(`${this.origin}/*`, ({ request }) => this.answer(request)),
    ];
  }

  /** Puts something there as if a person had made it. */
  add(kind: Kind, object: Record<string, any>): PeerObject {
    const made = {
      id: ++this.lastId,
      uuid: `0a000000-0000-4000-8000-${String(this.lastId).padStart(12, '0')}`,
      ...object,
    };
    this.objects[kind].push(made);
    return made;
  }

  private async answer(request: Request): Promise<HttpResponse<any>> {
    const { pathname, searchParams } = new URL(request.url);
    const fault = this.faults.shift();
    if (fault) {
      return faulty(fault);
    }
    if (pathname === '/api/v1/security/login') {
      return this.signIn(request);
    }
    const token = request.headers.get('authorization')?.slice(7) ?? '';
    if (!this.tokens.includes(token)) {
      return answerOf(422, { msg: 'Invalid header padding' });
    }
    if (this.revoked.has(token)) {
      return answerOf(401, { msg: 'Token has expired' });
    }
    if (pathname === '/api/v1/security/csrf_token/') {
      return HttpResponse.json(
        { result: `csrf-of-${token}` },
        {
          headers: {
            // Of this path only, so that the cookie store of msw does not send it in the client's place.
            'set-cookie': `session=cookie-of-${token}; HttpOnly; Path=/api/v1/security; SameSite=Lax`,
          },
        },
      );
    }
    const [, kind, id, part] = pathname.match(
      /^\/api\/v1\/(database|dataset|chart|dashboard)\/(?:(\d+)(?:\/(\w+))?)?$/,
    )!;
    if (request.method === 'GET') {
      return id
        ? this.read(kind as Kind, Number(id), part)
        : this.list(kind as Kind, searchParams.get('q') ?? '');
    }
    const isCsrfRight =
      request.headers.get('x-csrftoken') === `csrf-of-${token}` &&
      request.headers.get('cookie') === `session=cookie-of-${token}`;
    if (!isCsrfRight) {
      return answerOf(400, {
        errors: [{ message: '400 Bad Request: The CSRF token is missing.' }],
      });
    }
    const writeFault = this.writeFaults.shift();
    if (writeFault) {
      return faulty(writeFault);
    }
    this.writes++;
    const body = (await request.json()) as Record<string, any>;
    return request.method === 'POST'
      ? this.create(kind as Kind, body)
      : this.update(kind as Kind, Number(id), body);
  }

  private async signIn(request: Request): Promise<HttpResponse<any>> {
    const { username, password, provider } = (await request.json()) as any;
    if (!provider) {
      return answerOf(500, { message: 'Internal Server Error' });
    }
    if (username !== this.login.user || password !== this.login.password) {
      return answerOf(401, { message: 'Not authorized' });
    }
    const token = `token-number-${this.tokens.length}`;
    this.tokens.push(token);
    return answerOf(200, { access_token: token });
  }

  private list(kind: Kind, query: string): HttpResponse<any> {
    const filters = [
      ...query.matchAll(/\(col:(\w+),opr:eq,value:'((?:!.|[^'!])*)'\)/g),
    ].map(([, column, value]) => [column, value.replace(/!(.)/g, '$1')]);
    const result = this.objects[kind].filter(object =>
      filters.every(([column, value]) => object[column] === value),
    );
    return answerOf(200, { count: result.length, result });
  }

  private read(kind: Kind, id: number, part?: string): HttpResponse<any> {
    const found = this.objects[kind].find(each => each.id === id);
    if (!found) {
      return answerOf(404, { message: 'Not found' });
    }
    const result =
      part === 'connection'
        ? {
            ...found,
            sqlalchemy_uri: found.sqlalchemy_uri.replace(
              /:[^:/@]+@/,
              ':XXXXXXXXXX@',
            ),
          }
        : found;
    return answerOf(200, { id, result });
  }

  private create(kind: Kind, body: Record<string, any>): HttpResponse<any> {
    if (!this.mayCreate) {
      return answerOf(403, { message: 'Forbidden' });
    }
    const message = this.refusal(kind, body);
    if (message) {
      return answerOf(422, { message });
    }
    if (kind === 'database' && !this.canConnect) {
      return answerOf(400, {
        errors: [
          {
            message: `(builtins.NoneType) None\n[SQL: failed to execute: HTTPConnectionPool(host='akko-trino', port=8080): Max retries exceeded]`,
            error_type: 'GENERIC_DB_ENGINE_ERROR',
          },
        ],
      });
    }
    if (this.objects[kind].some(({ uuid }) => uuid === body.uuid)) {
      return answerOf(422, {
        message: `${CAPITALS[kind]} could not be created.`,
      });
    }
    const made = this.add(kind, columnsOf(kind, body));
    return answerOf(201, { id: made.id, result: body });
  }

  /** What Superset's API looks for itself: not the UUID, and not the name of a chart. */
  private refusal(kind: Kind, body: Record<string, any>): any {
    const others = this.objects[kind];
    const table = [body.catalog, body.schema, body.table_name].join('.');
    if (
      kind === 'database' &&
      others.some(each => each.database_name === body.database_name)
    ) {
      return {
        database_name: 'A database with the same name already exists.',
      };
    }
    if (kind === 'dataset') {
      const isThere = others.some(
        each =>
          each.database.id === body.database &&
          each.schema === body.schema &&
          each.table_name === body.table_name,
      );
      if (isThere) {
        return { table: [`Dataset ${table} already exists`] };
      }
      if (!this.tables.has(table)) {
        return {
          table: [
            `Table [${table}] could not be found, please double check your database connection, schema, and table name`,
          ],
        };
      }
    }
    if (kind === 'dashboard' && others.some(each => each.slug === body.slug)) {
      return { slug: ['Must be unique'] };
    }
    return undefined;
  }

  private update(
    kind: Kind,
    id: number,
    { dashboards, ...columns }: Record<string, any>,
  ): HttpResponse<any> {
    const found = this.objects[kind].find(each => each.id === id);
    if (!found) {
      return answerOf(404, { message: 'Not found' });
    }
    Object.assign(found, columns);
    if (dashboards) {
      found.dashboards = dashboards.map((each: number) => ({ id: each }));
    }
    return answerOf(200, { id, result: columns });
  }
}

/** What was sent, as a list tells it. */
function columnsOf(kind: Kind, body: Record<string, any>): Record<string, any> {
  switch (kind) {
    case 'dataset':
      return { ...body, database: { id: body.database } };
    case 'chart':
      return {
        ...body,
        dashboards: (body.dashboards ?? []).map((id: number) => ({ id })),
      };
    case 'dashboard':
      return { position_json: null, ...body };
    default:
      return body;
  }
}

function faulty({
  status,
  json,
  location,
}: NonNullable<PeerFault>): HttpResponse<any> {
  return new HttpResponse(json ? JSON.stringify(json) : null, {
    status,
    headers: {
      'content-type': 'application/json',
      ...(location && { location }),
    },
  });
}

function answerOf(status: number, json: any): HttpResponse<any> {
  return HttpResponse.json(json, { status });
}
