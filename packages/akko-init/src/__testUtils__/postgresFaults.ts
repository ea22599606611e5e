import { faultOf, type Fault } from './faultOf';
import { FaultyProxy } from './FaultyProxy';
import { PostgresPeer } from './PostgresPeer';
import { runJobHere, type RunHere } from './runJobHere';
import { freePort } from './services';

const MINUTE = 60_000;

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

/** The faults that every job meets alike, on whichever server. */
export function describePostgresFaults(job: PostgresJob): void {
  const { command, peer, config, secrets = {} } = job;

  describe('meets a fault of its server or of the way to it', () => {
    let proxy: FaultyProxy;
    beforeAll(async () => {
      proxy = await FaultyProxy.start(peer());
    });
    afterAll(() => proxy.stop());

    const through = () =>
      config(peer().config({ host: proxy.host, port: proxy.port }));

    it('a wrong password', async () => {
      const env = { ...secrets, [PostgresPeer.PASSWORD]: 'not-the-password' };
      expect(await faultOfJob(job, { env })).toEqual(
        fault(
          'authentication-failed',
          67,
          `postgresql at ${peer().host}:${
            peer().port
          } refused to connect as postgres`,
        ),
      );
    });

    it('a missing Secret', async () => {
      expect(await faultOfJob(job, { env: secrets })).toEqual(
        fault(
          'misconfigured',
          78,
          'Secret akko-postgresql, key postgres-password is not there',
        ),
      );
    });

    it('a port that nobody listens on', async () => {
      const address = { host: '127.0.0.1', port: await freePort() };
      expect(
        await faultOfJob(job, { config: config(peer().config(address)) }),
      ).toEqual(
        fault(
          'service-unavailable',
          69,
          `127.0.0.1:${address.port} is not reachable: the connection was refused`,
        ),
      );
    });

    it.each([
      { treatment: 'cut' as const, words: 'the connection was cut' },
      { treatment: { raw: STARTING_UP }, words: 'is starting up' },
    ])('a server that never comes up: $words', async ({ treatment, words }) => {
      proxy.treat(treatment);
      expect(await faultOfJob(job, { config: through() })).toEqual(
        fault('service-unavailable', 69, words),
      );
    });

    it.each([
      { treatment: 'cut' as const, words: 'the connection was cut' },
      { treatment: { raw: STARTING_UP }, words: 'is starting up' },
    ])(
      'a server that comes up slowly is waited for: $words',
      async ({ treatment, words }) => {
        proxy.treat(treatment, 2);

        const { exitCode, log } = await runJobHere(command, {
          config: { ...through(), waitSeconds: 60 },
          env: { ...peer().env, ...secrets },
        });

        expect({ exitCode, log: exitCode ? log : '' }).toEqual({
          exitCode: 0,
          log: '',
        });
        expect(log).toContain(words);
        expect(log).toContain('is ready after');
      },
      MINUTE,
    );
  });
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
