import { http, HttpResponse, type RequestHandler } from 'msw';

const MANAGEMENT = '/api/management/v1/catalogs';
const TOKENS = '/api/catalog/v1/oauth/tokens';

/** A catalog of the peer. */
export interface PeerCatalog {
  name: string;
  properties: Record<string, string>;
  storageConfigInfo: Record<string, unknown>;
}

/** A Polaris peer for msw. It answers as Polaris 1.4 was seen to answer. */
export class PolarisPeer {
  readonly catalogs = new Map<string, PeerCatalog>();
  /** By catalog and levels, parted by U+001F. */
  readonly namespaces = new Set<string>();
  /** Answers of the API for the next requests, instead of the true ones. */
  readonly faults: { status: number; body?: any }[] = [];
  /** Whether it is healthy, by health request; the last one stays. */
  readonly health: boolean[] = [true];
  /** Whether the account may make catalogs. */
  mayCreate = true;
  /** Seconds that a token lives. */
  tokenSeconds = 3600;
  /** Every token that was given. */
  readonly tokens: string[] = [];
  /** Tokens that are not taken any more. */
  readonly revoked = new Set<string>();
  writes = 0;

  constructor(
    readonly origin: string,
    readonly healthOrigin: string,
    private readonly secret: string,
  ) {}

  get handlers(): RequestHandler[] {
    return [
      http.get(`${this.healthOrigin}/q/health/ready`, () => {
        const up =
          this.health.length > 1 ? this.health.shift()! : this.health[0];
        return HttpResponse.json(
          {
            status: up ? 'UP' : 'DOWN',
            checks: [
              {
                name: 'Database connections health check',
                status: up ? 'UP' : 'DOWN',
              },
            ],
          },
          { status: up ? 200 : 503 },
        );
      }),
      http.all(`${this.origin}/*`, ({ request }) => this.answer(request)),
    ];
  }

  private async answer(request: Request): Promise<HttpResponse<any>> {
    const fault = this.faults.shift();
    if (fault) {
      return fault.body
        ? HttpResponse.json(fault.body, { status: fault.status })
        : new HttpResponse(null, { status: fault.status });
    }
    const path = decodeURIComponent(new URL(request.url).pathname);
    if (path === TOKENS) {
      return this.token(request);
    }
    const token = request.headers.get('authorization')?.slice(7) ?? '';
    if (!this.tokens.includes(token) || this.revoked.has(token)) {
      return new HttpResponse(null, {
        status: 401,
        headers: { 'www-authenticate': 'Bearer' },
      });
    }
    if (request.method !== 'GET') {
      this.writes++;
    }
    return path.startsWith(MANAGEMENT)
      ? this.catalog(path.slice(MANAGEMENT.length + 1), request)
      : this.namespace(path, request);
  }

  private async token(request: Request): Promise<HttpResponse<any>> {
    const realm = request.headers.get('polaris-realm');
    if (realm && realm !== 'POLARIS') {
      return problem(404, 'MissingOrInvalidRealm', 'Missing or invalid realm');
    }
    const form = new URLSearchParams(await request.text());
    if (!form.get('scope')?.startsWith('PRINCIPAL_ROLE:')) {
      return oauthProblem(400, 'invalid_scope', 'The scope is invalid');
    }
    if (form.get('client_secret') !== this.secret) {
      return oauthProblem(
        401,
        'unauthorized_client',
        'The client is not authorized',
      );
    }
    const token = `token-number-${this.tokens.length}`;
    this.tokens.push(token);
    return HttpResponse.json({
      access_token: token,
      token_type: 'bearer',
      expires_in: this.tokenSeconds,
    });
  }

  private async catalog(
    name: string,
    request: Request,
  ): Promise<HttpResponse<any>> {
    if (request.method === 'GET') {
      const found = this.catalogs.get(name);
      return found
        ? HttpResponse.json(found)
        : problem(404, 'NotFoundException', `Catalog ${name} not found`);
    }
    const { catalog } = (await request.json()) as { catalog: PeerCatalog };
    if (!this.mayCreate) {
      return problem(
        403,
        'ForbiddenException',
        "Principal 'root' is not authorized for op CREATE_CATALOG",
      );
    }
    if (this.catalogs.has(catalog.name)) {
      return problem(
        409,
        'AlreadyExistsException',
        `Cannot create Catalog ${catalog.name}. Catalog already exists or resolution failed`,
      );
    }
    const location = (each: PeerCatalog) =>
      each.properties['default-base-location'];
    if (
      [...this.catalogs.values()].some(other =>
        location(catalog).startsWith(location(other)),
      )
    ) {
      return problem(
        400,
        'ValidationException',
        `Cannot create Catalog ${catalog.name}. One or more of its locations overlaps with an existing catalog`,
      );
    }
    this.catalogs.set(catalog.name, catalog);
    return HttpResponse.json(catalog, { status: 201 });
  }

  private async namespace(
    path: string,
    request: Request,
  ): Promise<HttpResponse<any>> {
    const [, catalog, name] = path.match(
      /^\/api\/catalog\/v1\/([^/]+)\/namespaces(?:\/(.+))?$/,
    )!;
    const missing = (which: string) =>
      problem(
        404,
        'NoSuchNamespaceException',
        `Namespace does not exist: ${which.replaceAll('\u001f', '.')}`,
      );
    if (!this.catalogs.has(catalog)) {
      return missing("''");
    }
    if (request.method === 'GET') {
      return this.namespaces.has(`${catalog}/${name}`)
        ? HttpResponse.json({
            namespace: name.split('\u001f'),
            properties: {},
          })
        : missing(name);
    }
    const { namespace } = (await request.json()) as { namespace: string[] };
    const parent = namespace.slice(0, -1).join('\u001f');
    if (parent && !this.namespaces.has(`${catalog}/${parent}`)) {
      return missing(parent);
    }
    const key = `${catalog}/${namespace.join('\u001f')}`;
    if (this.namespaces.has(key)) {
      return problem(
        409,
        'AlreadyExistsException',
        `Cannot create namespace ${namespace.join(
          '.',
        )}. Namespace already exists`,
      );
    }
    this.namespaces.add(key);
    return HttpResponse.json({ namespace, properties: {} });
  }
}

function problem(
  status: number,
  type: string,
  message: string,
): HttpResponse<any> {
  return HttpResponse.json(
    { error: { message, type, code: status } },
    { status },
  );
}

function oauthProblem(
  status: number,
  error: string,
  description: string,
): HttpResponse<any> {
  return HttpResponse.json(
    { error, error_description: description, error_uri: null },
    { status },
  );
}
