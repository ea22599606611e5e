import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { kubectl } from './commands';
import type { PortalRelease } from './PortalRelease';

const PAUSE_MS = 100;

/** The API of an installed portal, by its Service, so that each request may meet another replica. */
export class PortalApi {
  /** By the address of the Service, which the node itself reaches. */
  static async of(release: PortalRelease, token: string): Promise<PortalApi> {
    const { spec } = JSON.parse(
      await kubectl([
        'get',
        'service',
        release.name,
        '--namespace',
        release.namespace,
        '-o',
        'json',
      ]),
    );
    return new PortalApi(
      `http://${spec.clusterIP}:${spec.ports[0].port}`,
      token,
    );
  }

  private constructor(
    private readonly address: string,
    private readonly token: string,
  ) {}

  async get(path: string): Promise<any> {
    return this.read(await this.ask(`/api/akko${path}`));
  }

  async post(path: string, body: object): Promise<any> {
    return this.read(
      await this.ask(`/api/akko${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
      }),
    );
  }

  /** Status of an answer; 0 without one. */
  async statusOf(path: string, token = this.token): Promise<number> {
    try {
      const response = await this.ask(path, {}, token);
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  /** Asks again and again, until it is stopped and tells what went wrong. */
  askOnAndOn(path: string): {
    stop(): Promise<{ answered: number; failures: string[] }>;
  } {
    const failures: string[] = [];
    let answered = 0;
    let stopped = false;
    const asking = (async () => {
      while (!stopped) {
        try {
          await this.get(path);
          answered++;
        } catch (error) {
          const { message, cause } = error as Error;
          failures.push(`${message} ${cause ?? ''}`);
        }
        await setTimeout(PAUSE_MS);
      }
    })();
    return {
      async stop() {
        stopped = true;
        await asking;
        return { answered, failures };
      },
    };
  }

  private async read(response: Response): Promise<any> {
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${response.url}: ${response.status} ${text}`);
    }
    return JSON.parse(text);
  }

  private ask(
    path: string,
    options: RequestInit = {},
    token = this.token,
  ): Promise<Response> {
    return fetch(`${this.address}${path}`, {
      ...options,
      headers: {
        ...options.headers,
        ...(token && { authorization: `Bearer ${token}` }),
        // Else all requests would meet the replica of the first.
        connection: 'close',
      },
      signal: AbortSignal.timeout(70_000),
    });
  }
}
