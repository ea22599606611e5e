import { randomUUID } from 'node:crypto';

/** An answer of the peer; `id` is that of what was made. */
export interface PeerAnswer {
  status: number;
  body?: unknown;
  id?: string;
}

type Fields = Record<string, any>;

/** The directory as Keycloak sees it. */
export interface PeerDirectory {
  url: string;
  bindDn: string;
  password: string;
  usersDn: string;
  people: string[];
  isReachable: boolean;
}

const NO_CONTENT: PeerAnswer = { status: 204 };

/** The realm of a {@link KeycloakPeer}. */
export class KeycloakPeerRealm {
  readonly id = randomUUID();
  readonly clients: Fields[] = [];
  readonly roles: Fields[] = [];
  readonly defaultRoles: Fields[] = [];
  readonly users: Fields[] = [];
  readonly components: Fields[] = [];
  /** Names of roles, by the id of a user. */
  readonly roleMappings = new Map<string, string[]>();
  directory?: PeerDirectory;
  /** Names of the users that were imported. */
  readonly imported = new Set<string>();
  /** How many of the next synchronizations meet another one. */
  busySynchronizations = 0;
  /** Called after a test of the directory. */
  afterTest: () => void = () => {};
  /** Users who cannot be imported. */
  failing = 0;

  constructor(readonly name: string) {}

  answer(
    method: string,
    path: string,
    query: URLSearchParams,
    body: any,
  ): PeerAnswer {
    const [, kind, id = '', part] = path.split('/').map(decodeURIComponent);
    switch (`${method} ${kind ?? ''}`) {
      case 'GET ':
        return ok({
          id: this.id,
          realm: this.name,
          defaultRole: { id: 'default', name: `default-roles-${this.name}` },
        });
      case 'GET clients':
        return ok(
          this.clients.filter(each => each.clientId === query.get('clientId')),
        );
      case 'POST clients':
        return this.clients.some(each => each.clientId === body.clientId)
          ? conflict(`Client ${body.clientId} already exists`)
          : add(this.clients, { secret: 'made-by-keycloak', ...body });
      case 'PUT clients':
        Object.assign(this.clients.find(each => each.id === id)!, body);
        return NO_CONTENT;
      case 'GET roles': {
        const role = this.roles.find(each => each.name === id);
        return role
          ? ok(role)
          : { status: 404, body: { error: 'Could not find role' } };
      }
      case 'POST roles':
        return this.roles.some(each => each.name === body.name)
          ? conflict(`Role with name ${body.name} already exists`)
          : add(this.roles, body);
      case 'GET roles-by-id':
        return ok(this.defaultRoles);
      case 'POST roles-by-id':
        this.defaultRoles.push(...body);
        return NO_CONTENT;
      case 'GET users':
        return part
          ? ok((this.roleMappings.get(id) ?? []).map(name => ({ name })))
          : ok(
              this.users.filter(
                each => each.username === query.get('username'),
              ),
            );
      case 'POST users':
        return part ? this.giveRoles(id, body) : this.createUser(body);
      case 'GET components':
        return ok(
          this.components.filter(
            each =>
              each.providerType === query.get('type') &&
              (!query.get('parent') || each.parentId === query.get('parent')),
          ),
        );
      case 'POST components':
        return this.components.some(each => each.id === body.id)
          ? {
              status: 409,
              body: {
                error: 'conflict',
                error_description: 'Duplicate resource error',
              },
            }
          : add(this.components, body);
      case 'POST user-storage':
        return ok(this.synchronize(id, query.get('action')!));
      case 'POST testLDAPConnection': {
        const answer = this.testDirectory(body);
        this.afterTest();
        return answer;
      }
      default:
        return { status: 404, body: { error: 'HTTP 404 Not Found' } };
    }
  }

  private createUser(body: Fields): PeerAnswer {
    const isTaken = (field: string) =>
      this.users.some(each => each[field] && each[field] === body[field]);
    if (isTaken('email')) {
      return conflict('User exists with same email');
    }
    return isTaken('username')
      ? conflict('User exists with same username')
      : add(this.users, body);
  }

  private giveRoles(userId: string, roles: Fields[]): PeerAnswer {
    if (!roles.every(({ id }) => this.roles.some(each => each.id === id))) {
      return { status: 404, body: { error: 'Role not found' } };
    }
    const names = roles.map(({ name }) => name);
    const given = this.roleMappings.get(userId) ?? [];
    this.roleMappings.set(userId, [...new Set([...given, ...names])]);
    return NO_CONTENT;
  }

  /** A password of stars with a component's id is the one that the component keeps. */
  private testDirectory({
    connectionUrl,
    bindDn,
    bindCredential,
    componentId,
  }: Fields): PeerAnswer {
    const { directory } = this;
    const kept = this.components.find(each => each.id === componentId)?.config;
    const password = kept?.bindCredential[0] ?? bindCredential;
    if (!directory?.isReachable || connectionUrl !== directory.url) {
      return badRequest('CommunicationError');
    }
    return bindDn === directory.bindDn && password === directory.password
      ? NO_CONTENT
      : badRequest('AuthenticationFailure');
  }

  /** A synchronization that cannot read the directory is told as a success with nobody. */
  private synchronize(id: string, action: string): Fields {
    const nothing = { added: 0, updated: 0, removed: 0, failed: 0 };
    if (this.busySynchronizations > 0) {
      this.busySynchronizations--;
      return { ...nothing, ignored: true };
    }
    const config = this.components.find(each => each.id === id)!.config;
    const isReadable =
      config.bindCredential[0] === this.directory?.password &&
      config.usersDn[0] === this.directory?.usersDn;
    if (!isReadable) {
      return { ...nothing, ignored: false };
    }
    const { people } = this.directory!;
    const added = people.filter(each => !this.imported.has(each));
    added.forEach(each => this.imported.add(each));
    return {
      ...nothing,
      ignored: false,
      added: added.length,
      failed: this.failing,
      updated: action === 'triggerFullSync' ? people.length - added.length : 0,
    };
  }
}

function ok(body: unknown): PeerAnswer {
  return { status: 200, body };
}

function conflict(errorMessage: string): PeerAnswer {
  return { status: 409, body: { errorMessage } };
}

function badRequest(errorMessage: string): PeerAnswer {
  return { status: 400, body: { errorMessage } };
}

function add(list: Fields[], fields: Fields): PeerAnswer {
  const made = { ...fields, id: fields.id ?? randomUUID() };
  list.push(made);
  return { status: 201, id: made.id };
}
