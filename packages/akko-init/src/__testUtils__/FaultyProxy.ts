import { createServer, connect, type AddressInfo, type Server } from 'node:net';

/** How the proxy treats a connection. */
export type Treatment =
  /** Everything passes. */
  | 'pass'
  /** The connection is cut at once, as by a server that is still starting. */
  | 'cut'
  /** An HTTP answer of this status, whatever was asked. */
  | { status: number; body?: string }
  /** These bytes, whatever was asked, and the end of the connection. */
  | { raw: Buffer };

/**
 * A TCP proxy on loopback in front of a real service, which can be told to misbehave. What a connection meets is decided when it comes; an HTTP
 * client that keeps connections open is therefore cut whenever the treatment changes.
 */
export class FaultyProxy {
  /** Connections so far. */
  connections = 0;
  private treatment: Treatment = 'pass';
  private remaining = Infinity;
  private readonly open = new Set<{ destroy(): void }>();

  private constructor(
    private readonly server: Server,
    private readonly target: { host: string; port: number },
  ) {}

  static async start(target: {
    host: string;
    port: number;
  }): Promise<FaultyProxy> {
    const server = createServer();
    const proxy = new FaultyProxy(server, target);
    server.on('connection', socket => proxy.serve(socket));
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return proxy;
  }

  get host(): string {
    return '127.0.0.1';
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://${this.host}:${this.port}`;
  }

  /** Treats the next connections so: this many, or all from now on; then they pass again. */
  treat(treatment: Treatment, connections = Infinity): void {
    this.treatment = treatment;
    this.remaining = connections;
    for (const each of this.open) {
      each.destroy();
    }
  }

  async stop(): Promise<void> {
    for (const each of this.open) {
      each.destroy();
    }
    await new Promise(done => this.server.close(done));
  }

  private serve(socket: import('node:net').Socket): void {
    this.connections++;
    const treatment = this.remaining > 0 ? this.treatment : 'pass';
    this.remaining--;
    this.open.add(socket);
    socket.on('close', () => this.open.delete(socket));
    socket.on('error', () => socket.destroy());
    if (treatment === 'cut') {
      socket.destroy();
      return;
    }
    if (treatment !== 'pass' && 'raw' in treatment) {
      socket.once('data', () => socket.end(treatment.raw));
      return;
    }
    if (treatment !== 'pass') {
      const body = treatment.body ?? `status ${treatment.status}`;
      socket.once('data', () =>
        socket.end(
          `HTTP/1.1 ${
            treatment.status
          } Fault\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(
            body,
          )}\r\nconnection: close\r\n\r\n${body}`,
        ),
      );
      return;
    }
    const upstream = connect(this.target.port, this.target.host);
    this.open.add(upstream);
    upstream.on('close', () => {
      this.open.delete(upstream);
      socket.destroy();
    });
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
    socket.pipe(upstream).pipe(socket);
  }
}
