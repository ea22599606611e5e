import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What it answers instead of the server behind it. */
export interface Excuse {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** A proxy that answers the first request of each method with excuses, and lets the others through. */
export class FalteringProxy {
  private constructor(
    private readonly server: Server,
    /** Statuses of the excuses that it made. */
    readonly excused: number[],
  ) {}

  /** @param target - URL of the server behind it */
  static async start(
    target: string,
    excuses: Record<string, Excuse[]>,
  ): Promise<FalteringProxy> {
    const excused: number[] = [];
    const server = createServer((incoming, response) => {
      const excuse = excuses[incoming.method!]?.shift();
      if (excuse) {
        excused.push(excuse.status);
        response.writeHead(excuse.status, excuse.headers).end(excuse.body);
        return;
      }
      const outgoing = request(
        new URL(incoming.url!, target),
        { method: incoming.method, headers: incoming.headers },
        answer => {
          response.writeHead(answer.statusCode!, answer.headers);
          answer.pipe(response);
        },
      );
      incoming.pipe(outgoing);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FalteringProxy(server, excused);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
