import { faultOf, type Fault } from './faultOf';
import { FaultyProxy } from './FaultyProxy';
import { PostgresPeer } from './PostgresPeer';
import { runJobHere, type RunHere } from './runJobHere';
import { freePort } from './services';

/** What a server says that has started but takes no connections yet: PostgreSQL's own ErrorResponse, with the SQLSTATE 57P03. */
const STARTING_UP = errorResponse({
  S: 'FATAL',
  V: 'FATAL',
  C: '57P03',
  M: 'the database system is starting up',
});

/** A job that works on a PostgreSQL server. */
export interface PostgresJob {
  command: string;
  /** The server; asked when a test runs. */
  peer(): PostgresPeer;
  /** The job's configuration with this server in it. */
  config(postgresql: unknown): Record<string, unknown>;
  /** Other secrets of the job, by variable. */
  secrets?: Record<string, string>;
}

/** A failure that says what to do, and tells no secret. */
export function fault(code: string, exitCode: number, message: string): Fault {
  return {
    code,
    exitCode,
    message: expect.stringContaining(message),
    hasNextStep: true,
    tellsSecret: false,
  };
}

/** How a job failed that works on a PostgreSQL server. */
export function faultOfJob(
  { command, peer, config, secrets = {} }: PostgresJob,
  options: RunHere = {},
): Promise<Fault> {
  return faultOf(
    command,
    {
      config: config(peer().config()),
      env: { ...peer().env, ...secrets },
      ...options,
    },
    [PostgresPeer.PASSWORD, ...Object.keys(secrets)],
  );
}

/** For `it.each`: the faults of a server, and of the way to it, that every job meets alike. */
export function faultsOfServer(job: PostgresJob): {
  name: string;
  meet(): Promise<unknown>;
  expected: unknown;
}[] {
  const { peer, config, secrets = {} } = job;
  const notUp = [
    { treatment: 'cut' as const, words: 'the connection was cut' },
    { treatment: { raw: STARTING_UP }, words: 'is starting up' },
  ];
  return [
    {
      name: 'a wrong password',
      meet: () =>
        faultOfJob(job, {
          env: { ...secrets, [PostgresPeer.PASSWORD]: 'not-the-password' },
        }),
      expected: fault(
        'authentication-failed',
        67,
        'refused to connect as postgres',
      ),
    },
    {
      name: 'a missing Secret',
      meet: () => faultOfJob(job, { env: secrets }),
      expected: fault(
        'misconfigured',
        78,
        'Secret akko-postgresql, key postgres-password is not there',
      ),
    },
    {
      name: 'a port that nobody listens on',
      meet: async () =>
        faultOfJob(job, {
          config: config(
            peer().config({ host: '127.0.0.1', port: await freePort() }),
          ),
        }),
      expected: fault(
        'service-unavailable',
        69,
        'is not reachable: the connection was refused',
      ),
    },
    ...notUp.map(({ treatment, words }) => ({
      name: `a server that never comes up: ${words}`,
      meet: () =>
        through(job, async (proxy, configuration) => {
          proxy.treat(treatment);
          return faultOfJob(job, { config: configuration });
        }),
      expected: fault('service-unavailable', 69, words),
    })),
    ...notUp.map(({ treatment, words }) => ({
      name: `a server that comes up slowly, which is waited for: ${words}`,
      meet: () =>
        through(job, async (proxy, configuration) => {
          proxy.treat(treatment, 2);
          return runJobHere(job.command, {
            config: { ...configuration, waitSeconds: 60 },
            env: { ...peer().env, ...secrets },
          });
        }),
      expected: expect.objectContaining({
        exitCode: 0,
        log: expect.stringMatching(
          new RegExp(`${words}[^]*${words}[^]*is ready after`),
        ),
      }),
    })),
  ];
}

/** Works with a proxy in front of the job's server, and the job's configuration for it. */
async function through<T>(
  { peer, config }: PostgresJob,
  work: (
    proxy: FaultyProxy,
    configuration: Record<string, unknown>,
  ) => Promise<T>,
): Promise<T> {
  const proxy = await FaultyProxy.start(peer());
  const { host, port } = proxy;
  try {
    return await work(proxy, config(peer().config({ host, port })));
  } finally {
    await proxy.stop();
  }
}

/** The form of it: PostgreSQL documentation, message formats. */
function errorResponse(fields: Record<string, string>): Buffer {
  const body = Buffer.from(
    `${Object.entries(fields)
      .map(([type, text]) => `${type}${text}\0`)
      .join('')}\0`,
  );
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
