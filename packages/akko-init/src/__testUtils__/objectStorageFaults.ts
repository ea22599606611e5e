import { faultOf, type Fault } from './faultOf';
import { FaultyProxy } from './FaultyProxy';
import { fault } from './postgresFaults';
import { runJobHere } from './runJobHere';
import { freePort } from './services';

const MINUTE = 60_000;

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

/** The faults that every job meets alike, on whichever storage. */
export function describeObjectStorageFaults(job: ObjectStorageJob): void {
  const { command, config, endpoint, env } = job;

  describe('meets a fault of its storage or of the way to it', () => {
    let proxy: FaultyProxy;
    beforeAll(async () => {
      const { hostname: host, port } = new URL(endpoint());
      proxy = await FaultyProxy.start({ host, port: Number(port) });
    });
    afterAll(() => proxy.stop());

    it('a missing Secret', async () => {
      const { S3_SECRET_KEY: _, ...rest } = env();
      expect(await faultOfStorageJob(job, { env: rest })).toEqual(
        fault(
          'misconfigured',
          78,
          'The secret key of the object storage is missing',
        ),
      );
    });

    it('a port that nobody listens on', async () => {
      const nowhere = `http://127.0.0.1:${await freePort()}`;
      expect(
        await faultOfStorageJob(job, { config: config(nowhere) }),
      ).toEqual(
        fault(
          'service-unavailable',
          69,
          `object storage at ${nowhere} is not reachable: the connection was refused`,
        ),
      );
    });

    it(
      'a storage that answers 500 for ever',
      async () => {
        proxy.treat({ status: 500 });
        expect(
          await faultOfStorageJob(job, { config: config(proxy.url) }),
        ).toEqual(fault('service-unavailable', 69, 'answered 500'));
      },
      MINUTE,
    );

    it.each(['cut' as const, { status: 503 }])(
      'a storage that comes up slowly is waited for: %j',
      async treatment => {
        proxy.treat(treatment, 6);
        const { exitCode, log } = await runJobHere(command, {
          config: { ...config(proxy.url), waitSeconds: 60 },
          env: env(),
        });
        expect({ exitCode, log: exitCode ? log : '' }).toEqual({
          exitCode: 0,
          log: '',
        });
      },
      MINUTE,
    );
  });
}
