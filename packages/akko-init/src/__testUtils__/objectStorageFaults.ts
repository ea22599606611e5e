import { faultOf, type Fault } from './faultOf';
import { FaultyProxy } from './FaultyProxy';
import { fault } from './postgresFaults';
import { runJobHere } from './runJobHere';
import { freePort } from './services';

/** A job that works on an object storage. */
export interface ObjectStorageJob {
  command: string;
  /** Where the storage is; asked when a test runs. */
  endpoint(): string;
  /** The job's configuration with a storage at this address. */
  config(endpoint: string): Record<string, unknown>;
  /** The right keys. */
  env(): Record<string, string>;
}

/** How such a job failed. */
export function faultOfStorageJob(
  { command, config, endpoint, env }: ObjectStorageJob,
  options: { config?: unknown; env?: Record<string, string> } = {},
): Promise<Fault> {
  return faultOf(
    command,
    { config: config(endpoint()), env: env(), ...options },
    ['S3_SECRET_KEY'],
  );
}

/** For `it.each`: the faults of a storage, and of the way to it, that every job meets alike. */
export function faultsOfStorage(job: ObjectStorageJob): {
  name: string;
  meet(): Promise<unknown>;
  expected: unknown;
}[] {
  const { config, env } = job;
  const notUp = ['cut' as const, { status: 503 }];
  return [
    {
      name: 'a missing Secret',
      meet: () => {
        const { S3_SECRET_KEY: _, ...rest } = env();
        return faultOfStorageJob(job, { env: rest });
      },
      expected: fault(
        'misconfigured',
        78,
        'The secret key of the object storage is missing',
      ),
    },
    {
      name: 'a port that nobody listens on',
      meet: async () =>
        faultOfStorageJob(job, {
          config: config(`http://127.0.0.1:${await freePort()}`),
        }),
      expected: fault(
        'service-unavailable',
        69,
        'is not reachable: the connection was refused',
      ),
    },
    {
      name: 'a storage that answers 500 for ever',
      meet: () =>
        through(job, async (proxy, configuration) => {
          proxy.treat({ status: 500 });
          return faultOfStorageJob(job, { config: configuration });
        }),
      expected: fault('service-unavailable', 69, 'answered 500'),
    },
    ...notUp.map(treatment => ({
      name: `a storage that comes up slowly, which is waited for: ${JSON.stringify(
        treatment,
      )}`,
      meet: () =>
        through(job, async (proxy, configuration) => {
          // The client asks some times by itself.
          proxy.treat(treatment, 6);
          return runJobHere(job.command, {
            config: { ...configuration, waitSeconds: 60 },
            env: env(),
          });
        }),
      expected: expect.objectContaining({
        exitCode: 0,
        log: expect.stringContaining('is ready after'),
      }),
    })),
  ];
}

/** Works with a proxy in front of the job's storage, and the job's configuration for it. */
async function through<T>(
  { endpoint, config }: ObjectStorageJob,
  work: (
    proxy: FaultyProxy,
    configuration: Record<string, unknown>,
  ) => Promise<T>,
): Promise<T> {
  const { hostname: host, port } = new URL(endpoint());
  const proxy = await FaultyProxy.start({ host, port: Number(port) });
  try {
    return await work(proxy, config(proxy.url));
  } finally {
    await proxy.stop();
  }
}
