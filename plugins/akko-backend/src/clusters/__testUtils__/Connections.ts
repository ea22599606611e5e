import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClusterAccess } from '../../config';
import { ClusterConnection } from '../ClusterConnection';
import { CredentialCache } from '../CredentialCache';
import { ManualClock } from './ManualClock';
import { ScriptedApiServer } from './ScriptedApiServer';

/** Servers, connections to them, and a folder for their credentials. */
export class Connections {
  readonly clock = new ManualClock();
  private readonly servers: ScriptedApiServer[] = [];
  private readonly connections: ClusterConnection[] = [];

  private constructor(private readonly folder: string) {}

  static async start(): Promise<Connections> {
    return new Connections(await mkdtemp(join(tmpdir(), 'akko-connection-')));
  }

  async stop(): Promise<void> {
    await Promise.all(this.connections.map(item => item.close()));
    await Promise.all(this.servers.map(item => item.stop()));
    await rm(this.folder, { recursive: true });
  }

  async serve(tls?: { key: string; cert: string }): Promise<ScriptedApiServer> {
    const server = new ScriptedApiServer(tls);
    this.servers.push(server);
    await server.start();
    return server;
  }

  connect(access: ClusterAccess): ClusterConnection {
    const connection = new ClusterConnection({
      cluster: 'prod-eu',
      credentials: new CredentialCache(access, this.clock),
      clock: this.clock,
    });
    this.connections.push(connection);
    return connection;
  }

  /** With the token that the server knows. */
  byUrl(server: ScriptedApiServer, caData?: string): ClusterConnection {
    const { url } = server;
    return this.connect({ type: 'url', url, token: 'first-token', caData });
  }

  /** @returns the path */
  async write(name: string, text: string): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, text);
    return path;
  }

  /** @returns the path of a kubeconfig with one context `main` */
  async writeKubeconfig(cluster: object, user: object): Promise<string> {
    return this.write(
      'kubeconfig',
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'main',
        contexts: [{ name: 'main', context: { cluster: 'c', user: 'u' } }],
        clusters: [{ name: 'c', cluster }],
        users: [{ name: 'u', user }],
      }),
    );
  }
}

/** A call that every API server answers. */
export function version(
  connection: ClusterConnection,
): Promise<{ gitVersion: string }> {
  return connection.json({ path: '/version' });
}
