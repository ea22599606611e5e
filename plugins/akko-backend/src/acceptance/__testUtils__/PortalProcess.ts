import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxCluster } from '@akko/kube-sandbox';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import request from 'supertest';
import type { Checkpoint } from '../../operations/checkpoints';

/** Token of the one caller that these portals know. */
const TOKEN = 'token-of-the-tests';

/** What a portal is started with. */
export interface PortalProcessOptions {
  cluster: SandboxCluster;
  /** Connection string; by default SQLite in the portal's own folder, which outlives its process. */
  postgres?: string;
  folder: string;
}

/** The plugin in a process of its own, which can be killed as the kernel would. */
export class PortalProcess {
  private output = '';

  private constructor(
    private readonly url: string,
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', chunk => {
        this.output += chunk;
      });
    }
  }

  /**
   * Starts a portal and waits until it answers.
   * @param stopAt - kills itself there
   */
  static async start(
    options: PortalProcessOptions,
    stopAt?: Checkpoint,
  ): Promise<PortalProcess> {
    const port = await freePort();
    const file = join(options.folder, `app-config.${port}.json`);
    await writeFile(file, JSON.stringify(configOf(options, port)));
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        join(__dirname, 'portal.ts'),
        '--config',
        file,
      ],
      {
        cwd: resolvePackagePath('@akko/backstage-plugin-akko-backend'),
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          NODE_ENV: 'development',
          NODE_OPTIONS: '',
          AKKO_TEST_STOP_AT: stopAt ?? '',
        },
      },
    );
    const portal = new PortalProcess(`http://127.0.0.1:${port}`, child);
    await portal.answers();
    return portal;
  }

  get(path: string) {
    return request(this.url).get(path).auth(TOKEN, { type: 'bearer' });
  }

  post(path: string, body: object) {
    return request(this.url)
      .post(path)
      .auth(TOKEN, { type: 'bearer' })
      .send(body);
  }

  /** Resolves with the signal that ended it. */
  async died(): Promise<string | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await once(this.child, 'exit');
    }
    return this.child.signalCode;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.died();
  }

  private async answers(): Promise<void> {
    const deadline = Date.now() + 120_000;
    for (;;) {
      if (this.child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`The portal did not start: ${this.output}`);
      }
      const status = await this.get('/api/akko/clusters').then(
        response => response.status,
        () => undefined,
      );
      if (status === 200) {
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}

/** A folder of the test's own. @returns its path and how to remove it */
export async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'akko-portal-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The configuration of a portal of one cluster. */
export function configOf(
  { cluster, folder, postgres }: PortalProcessOptions,
  port: number,
) {
  return {
    app: { baseUrl: 'http://localhost:3000' },
    backend: {
      baseUrl: `http://127.0.0.1:${port}`,
      listen: { host: '127.0.0.1', port },
      database: postgres
        ? { client: 'pg', connection: postgres }
        : { client: 'better-sqlite3', connection: { directory: folder } },
      auth: {
        externalAccess: [
          { type: 'static', options: { token: TOKEN, subject: 'tests' } },
        ],
      },
    },
    akko: {
      clusters: [
        {
          name: cluster.name,
          url: cluster.url,
          caData: cluster.caCertificate,
          token: cluster.token,
        },
      ],
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
