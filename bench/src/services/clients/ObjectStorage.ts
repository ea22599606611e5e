import type { Cluster } from '../Cluster';
import type { Processes } from '../Processes';
import type { Programs } from '../programs';

/** The name by which mc knows the storage. */
export const ALIAS = 'akko';

/** MinIO of the cluster, through mc. */
export class ObjectStorage {
  private constructor(
    private readonly processes: Processes,
    private readonly mcProgram: string,
    readonly endpoint: string,
    readonly accessKey: string,
    readonly secretKey: string,
  ) {}

  static async connect(
    cluster: Cluster,
    processes: Processes,
    programs: Programs,
  ): Promise<ObjectStorage> {
    const storage = new ObjectStorage(
      processes,
      programs.mc,
      `http://${await cluster.hostOf('akko-minio')}:9000`,
      await cluster.secretOf('akko-minio', 'root-user'),
      await cluster.secretOf('akko-minio', 'root-password'),
    );
    const { endpoint, accessKey, secretKey } = storage;
    await storage.mc('alias', 'set', ALIAS, endpoint, accessKey, secretKey);
    return storage;
  }

  /** As akko-init's configuration takes it, with the variables of {@link env}. */
  get config(): object {
    return {
      endpoint: this.endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      accessKey: { env: 'S3_ACCESS_KEY' },
      secretKey: { env: 'S3_SECRET_KEY' },
    };
  }

  get env(): Record<string, string> {
    return { S3_ACCESS_KEY: this.accessKey, S3_SECRET_KEY: this.secretKey };
  }

  /** Runs mc with words of any command. @returns what it wrote */
  async mc(...args: string[]): Promise<string> {
    const { stdout } = await this.processes.run(this.mcProgram, args);
    return stdout;
  }

  /** Names of the buckets that begin so. */
  async buckets(prefix: string): Promise<string[]> {
    return (await this.mc('ls', '--json', ALIAS))
      .split('\n')
      .filter(Boolean)
      .map(line => String(JSON.parse(line).key).replace(/\/$/, ''))
      .filter(name => name.startsWith(prefix));
  }

  /** With everything in it; does nothing where there is none. */
  async removeBucket(name: string): Promise<void> {
    if ((await this.buckets(name)).includes(name)) {
      await this.mc('rb', '--force', `${ALIAS}/${name}`);
    }
  }
}
