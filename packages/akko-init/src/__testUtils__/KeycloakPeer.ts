import { http, HttpResponse, type RequestHandler } from 'msw';
import { KeycloakPeerRealm, type PeerAnswer } from './KeycloakPeerRealm';

/** What meets one request: another answer than the true one, or nothing. */
export type KeycloakFault = PeerAnswer | 'pass';

/** What Keycloak says while it starts. */
export const BOOTSTRAP: PeerAnswer = {
  status: 503,
  body: 'Bootstrap in progress. Retry in 5 seconds.',
};

/** A Keycloak peer for msw, with one realm besides the administrator's. It answers as Keycloak 26.7 was seen to answer. */
export class KeycloakPeer {
  realm?: KeycloakPeerRealm = new KeycloakPeerRealm('akko');
  /** For the next requests. */
  readonly faults: KeycloakFault[] = [];
  /** For the next requests of the Admin API that write. */
  readonly writeFaults: KeycloakFault[] = [];
  /** For every request. */
  outage?: PeerAnswer;
  /** Whether the account has the roles that the jobs need. */
  mayAdminister = true;
  tokenSeconds = 60;
  readonly tokens: string[] = [];
  /** Tokens that are not taken any more. */
  readonly revoked = new Set<string>();
  /** What was asked to be written, as `POST /clients`. */
  readonly writes: { what: string; body: any }[] = [];
  /** Called before a write is done: the moment for somebody else to be quicker. */
  beforeWrite: (what: string, body: any) => void = () => {};

  constructor(
    readonly origin: string,
    private readonly login: { user: string; password: string },
  ) {}

  get handlers(): RequestHandler[] {
    return [
      http.all(`${this.origin}/*`, async ({ request }) => {
        const fault = this.outage ?? this.faults.shift();
        return responseOf(
          fault && fault !== 'pass' ? fault : await this.answer(request),
        );
      }),
    ];
  }

  private async answer(request: Request): Promise<PeerAnswer> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/realms/master/protocol/openid-connect/token') {
      return this.signIn(new URLSearchParams(await request.text()));
    }
    const [, realmName, path] =
      pathname.match(/^\/admin\/realms\/([^/]+)(.*?)\/?$/) ?? [];
    if (!realmName) {
      return { status: 404, body: { error: 'Realm does not exist' } };
    }
    const token = request.headers.get('authorization')?.slice(7) ?? '';
    if (!this.tokens.includes(token) || this.revoked.has(token)) {
      return { status: 401, body: { error: 'HTTP 401 Unauthorized' } };
    }
    if (this.realm?.name !== realmName) {
      return { status: 404, body: { error: 'Realm not found.' } };
    }
    if (!this.mayAdminister) {
      return { status: 403, body: { error: 'HTTP 403 Forbidden' } };
    }
    const text = await request.text();
    const body = text ? JSON.parse(text) : undefined;
    const isTest = path === '/testLDAPConnection';
    if (request.method !== 'GET' && !isTest) {
      const what = `${request.method} ${path}`;
      this.beforeWrite(what, body);
      const fault = this.writeFaults.shift();
      if (fault && fault !== 'pass') {
        return fault;
      }
      this.writes.push({ what, body });
    }
    return this.realm.answer(request.method, path, searchParams, body);
  }

  private signIn(form: URLSearchParams): PeerAnswer {
    if (form.get('client_id') !== 'admin-cli') {
      return {
        status: 401,
        body: {
          error: 'invalid_client',
          error_description: 'Invalid client or Invalid client credentials',
        },
      };
    }
    const isRight =
      form.get('username') === this.login.user &&
      form.get('password') === this.login.password;
    if (!isRight) {
      return {
        status: 400,
        body: {
          error: 'invalid_grant',
          error_description: 'Invalid user credentials',
        },
      };
    }
    const seconds = Math.floor(Date.now() / 1000) + this.tokenSeconds;
    const token = jwt({ exp: seconds, number: this.tokens.length });
    this.tokens.push(token);
    return {
      status: 200,
      body: { access_token: token, refresh_token: jwt({ exp: seconds }) },
    };
  }
}

function jwt(claims: object): string {
  return [{ alg: 'none' }, claims, 'signature']
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
}

function responseOf({ status, body, id }: PeerAnswer): HttpResponse<any> {
  const headers = id ? { location: `http://keycloak/${id}` } : undefined;
  if (typeof body === 'string') {
    return HttpResponse.text(body, { status, headers });
  }
  return body === undefined
    ? new HttpResponse(null, { status, headers })
    : HttpResponse.json(body as any, { status, headers });
}
