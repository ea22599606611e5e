/** A person at a real Superset: asks its API by hand. */
export class SupersetPerson {
  private constructor(
    private readonly url: string,
    private readonly headers: Record<string, string>,
  ) {}

  static async signIn(
    url: string,
    username: string,
    password: string,
  ): Promise<SupersetPerson> {
    const login = await fetch(`${url}/api/v1/security/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password, provider: 'db' }),
    });
    const { access_token: token } = await login.json();
    const csrf = await fetch(`${url}/api/v1/security/csrf_token/`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return new SupersetPerson(url, {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      'x-csrftoken': (await csrf.json()).result,
      cookie: csrf.headers.getSetCookie()[0].split(';')[0],
    });
  }

  /** @returns the body of an answer that is well; fails on any other */
  async ask(path: string, method = 'GET', body?: unknown): Promise<any> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...this.headers,
        // Where there is no body, Superset refuses it.
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return JSON.parse(text);
  }

  /** All objects of a kind whose column starts so, in the order of their numbers. */
  async list(kind: string, column: string, start: string): Promise<any[]> {
    const query = `(filters:!((col:${column},opr:sw,value:'${start}')),page_size:100)`;
    const { result } = await this.ask(
      `/${kind}/?q=${encodeURIComponent(query)}`,
    );
    return result.sort((a: any, b: any) => a.id - b.id);
  }

  /** Saves a layout as the dashboard's editor does, with the charts that it places as those of the dashboard. */
  async saveLayout(id: number, positions: Record<string, any>): Promise<void> {
    await this.ask(`/dashboard/${id}`, 'PUT', {
      json_metadata: JSON.stringify({ positions }),
    });
  }
}
