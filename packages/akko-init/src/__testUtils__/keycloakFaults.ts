import { BOOTSTRAP, type KeycloakPeer } from './KeycloakPeer';
import { runJobHere, type Outcome } from './runJobHere';
import { freePort } from './services';

/** The login of Keycloak's administrator in tests. */
export const KEYCLOAK_LOGIN = {
  user: 'keycloak-chief',
  password: 'keycloak-password',
};

/** The environment of a job that signs in with it. */
export const KEYCLOAK_ENV = {
  KEYCLOAK_ADMIN_USER: KEYCLOAK_LOGIN.user,
  KEYCLOAK_ADMIN_PASSWORD: KEYCLOAK_LOGIN.password,
};

/** The part of a job's configuration that says where Keycloak is. */
export function keycloakConfigOf(url: string, realm = 'akko') {
  return {
    url,
    realm,
    user: {
      env: 'KEYCLOAK_ADMIN_USER',
      secret: 'akko-keycloak',
      key: 'admin-user',
    },
    password: {
      env: 'KEYCLOAK_ADMIN_PASSWORD',
      secret: 'akko-keycloak',
      key: 'admin-password',
    },
  };
}

/** A job that works with Keycloak, set up so that a run has something to write. */
export interface KeycloakJob {
  command: string;
  peer(): KeycloakPeer;
  config(): Record<string, any>;
  env: Record<string, string>;
}

/** Tests what every job does about Keycloak's faults. */
export function describeKeycloakFaults(job: KeycloakJob): void {
  const run = (
    keycloak: Record<string, any> = {},
    env: Record<string, string> = {},
  ) => {
    const config = job.config();
    return runJobHere(job.command, {
      config: {
        ...config,
        waitSeconds: 1,
        keycloak: { ...config.keycloak, ...keycloak },
      },
      env: { ...job.env, ...env },
    });
  };
  const expectFailure = (
    { exitCode, report, log }: Outcome,
    code: string,
    exit: number,
    message: RegExp,
  ) => {
    expect({ exitCode, code: report?.error?.code }).toEqual({
      exitCode: exit,
      code,
    });
    expect(report!.error!.message).toMatch(message);
    expect(report!.error!.nextStep).toBeTruthy();
    expect(job.peer().writes).toEqual([]);
    for (const secret of [...Object.values(job.env), ...job.peer().tokens]) {
      if (secret !== KEYCLOAK_LOGIN.user) {
        expect(log + JSON.stringify(report)).not.toContain(secret);
      }
    }
  };

  it('tells a wrong password, which Keycloak answers with 400', async () => {
    expectFailure(
      await run({}, { KEYCLOAK_ADMIN_PASSWORD: 'another-password' }),
      'authentication-failed',
      67,
      /keycloak at .* answered 400 to: sign in to the realm master .*Invalid user credentials/,
    );
  });

  it('names the Secret that is missing', async () => {
    expectFailure(
      await run({}, { KEYCLOAK_ADMIN_PASSWORD: '' }),
      'misconfigured',
      78,
      /Secret akko-keycloak, key admin-password/,
    );
  });

  it('gives up on a Keycloak that nobody runs', async () => {
    expectFailure(
      await run({ url: `http://127.0.0.1:${await freePort()}` }),
      'service-unavailable',
      69,
      /the connection was refused/,
    );
  });

  it('waits for a Keycloak that starts', async () => {
    job.peer().faults.push(BOOTSTRAP);
    const { exitCode, log } = await run();
    expect({ exitCode, log }).toEqual({
      exitCode: 0,
      log: expect.stringContaining('Bootstrap in progress'),
    });
  });

  it('gives up on a Keycloak that answers 500 for ever', async () => {
    job.peer().outage = { status: 500, body: { error: 'unknown_error' } };
    expectFailure(
      await run(),
      'service-unavailable',
      69,
      /answered 500 .*unknown_error.* not ready within 1 s/,
    );
  });

  it('tells a missing permission', async () => {
    job.peer().mayAdminister = false;
    const outcome = await run();
    expectFailure(outcome, 'permission-denied', 77, /answered 403/);
    expect(outcome.report!.error!.nextStep).toContain('realm-admin');
  });

  it('tells a realm that is not there', async () => {
    expectFailure(
      await run({ realm: 'absent' }),
      'not-found',
      66,
      /has no realm absent/,
    );
  });

  it('waits for a realm that is imported after the start', async () => {
    const notYet = { status: 404, body: { error: 'Realm not found.' } };
    job.peer().faults.push('pass', notYet);
    const { exitCode, log } = await run();
    expect({ exitCode, log }).toEqual({
      exitCode: 0,
      log: expect.stringContaining('has no realm akko'),
    });
  });

  it('tells a client that cannot sign administrators in', async () => {
    expectFailure(
      await run({ adminClientId: 'another' }),
      'misconfigured',
      78,
      /answered 401 .*Invalid client/,
    );
  });

  it('tells a server that is not Keycloak', async () => {
    job.peer().outage = { status: 200, body: '<html>Welcome</html>' };
    expectFailure(await run(), 'misconfigured', 78, /is not Keycloak/);
  });

  it('signs in again when its token is near its end', async () => {
    const peer = job.peer();
    peer.tokenSeconds = 1;
    expect((await run()).exitCode).toBe(0);
    expect(peer.tokens.length).toBeGreaterThan(2);
  });

  it('signs in again when its token is refused', async () => {
    const peer = job.peer();
    peer.beforeWrite = () => peer.tokens.forEach(each => peer.revoked.add(each));
    expect((await run()).exitCode).toBe(0);
    expect(peer.tokens.length).toBeGreaterThan(1);
  });

  it('tries again what met a 500 in the middle of its work', async () => {
    job.peer().writeFaults.push({
      status: 500,
      body: { error: 'unknown_error' },
    });
    const { exitCode, report } = await run();
    expect(exitCode).toBe(0);
    expect(report!.totals!.created).toBeGreaterThan(0);
  });
}
