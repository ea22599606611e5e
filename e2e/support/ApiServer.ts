import { Agent, request } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';

/** Connections that are kept open: a client that makes one per request spends most of its time on that. */
const CONNECTIONS = 8;

/** The API server of the cluster under test, for thousands of small questions. */
export class ApiServer {
  private readonly server: URL;
  private readonly agent: Agent;

  constructor() {
    const config = new KubeConfig();
    config.loadFromFile(process.env.AKKO_SERVICES_KUBECONFIG!);
    const cluster = config.getCurrentCluster()!;
    const user = config.getCurrentUser()!;
    const decode = (data?: string) => data && Buffer.from(data, 'base64');
    this.server = new URL(cluster.server);
    this.agent = new Agent({
      keepAlive: true,
      maxSockets: CONNECTIONS,
      ca: decode(cluster.caData),
      cert: decode(user.certData),
      key: decode(user.keyData),
    });
  }

  /** @throws when it is refused */
  async post(path: string, body: object): Promise<any> {
    const text = await new Promise<string>((resolve, reject) => {
      const call = request(
        new URL(path, this.server),
        {
          agent: this.agent,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
        },
        response => {
          let answer = '';
          response.setEncoding('utf8');
          response.on('data', chunk => (answer += chunk));
          response.on('end', () =>
            response.statusCode! < 300
              ? resolve(answer)
              : reject(new Error(`${path}: ${answer}`)),
          );
        },
      );
      call.on('error', reject);
      call.end(JSON.stringify(body));
    });
    return JSON.parse(text);
  }
}
