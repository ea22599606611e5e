import { BOOTSTRAP, type KeycloakPeer } from './KeycloakPeer';
import { runJobHere } from './runJobHere';
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

/** A fault of Keycloak that every job meets in the same way. */
export interface KeycloakFaultCase {
  name: string;
  arrange?: (peer: KeycloakPeer) => void;
  /** Changes to the job's configuration. */
  keycloak?: () => Promise<Record<string, string>>;
  /** Changes to its environment. */
  env?: Record<string, string>;
  exitCode: number;
  code?: string;
  /** What the log tells. */
  words: RegExp;
  leastSignIns?: number;
}

/** Faults of Keycloak, and what comes of a run that has something to write. */
export const KEYCLOAK_FAULTS: readonly KeycloakFaultCase[] = [
  {
    name: 'tells a wrong password, which Keycloak answers with 400',
    env: { KEYCLOAK_ADMIN_PASSWORD: 'another-password' },
    exitCode: 67,
    code: 'authentication-failed',
    words:
      /keycloak at .* answered 400 to: sign in to the realm master .*Invalid user credentials/,
  },
  {
    name: 'names the Secret that is missing',
    env: { KEYCLOAK_ADMIN_PASSWORD: '' },
    exitCode: 78,
    code: 'misconfigured',
    words: /Secret akko-keycloak, key admin-password/,
  },
  {
    name: 'gives up on a Keycloak that nobody runs',
    keycloak: async () => ({ url: `http://127.0.0.1:${await freePort()}` }),
    exitCode: 69,
    code: 'service-unavailable',
    words: /the connection was refused/,
  },
  {
    name: 'waits for a Keycloak that starts',
    arrange: peer => peer.faults.push(BOOTSTRAP),
    exitCode: 0,
    words: /waiting for keycloak .*503 .*Bootstrap in progress/,
  },
  {
    name: 'gives up on a Keycloak that answers 500 for ever',
    arrange: peer => {
      peer.outage = { status: 500, body: { error: 'unknown_error' } };
    },
    exitCode: 69,
    code: 'service-unavailable',
    words: /answered 500 .*unknown_error.* not ready within 1 s/,
  },
  {
    name: 'tells a missing permission',
    arrange: peer => {
      peer.mayAdminister = false;
    },
    exitCode: 77,
    code: 'permission-denied',
    words: /answered 403 [^]*next step: .*realm-admin/,
  },
  {
    name: 'tells a realm that is not there',
    keycloak: async () => ({ realm: 'absent' }),
    exitCode: 66,
    code: 'not-found',
    words: /has no realm absent/,
  },
  {
    name: 'waits for a realm that is imported after the start',
    arrange: peer =>
      peer.faults.push('pass', {
        status: 404,
        body: { error: 'Realm not found.' },
      }),
    exitCode: 0,
    words: /waiting for keycloak .* has no realm akko/,
  },
  {
    name: 'tells a client that cannot sign administrators in',
    keycloak: async () => ({ adminClientId: 'another' }),
    exitCode: 78,
    code: 'misconfigured',
    words: /answered 401 .*Invalid client/,
  },
  {
    name: 'tells a server that is not Keycloak',
    arrange: peer => {
      peer.outage = { status: 200, body: '<html>Welcome</html>' };
    },
    exitCode: 78,
    code: 'misconfigured',
    words: /is not Keycloak/,
  },
  {
    name: 'signs in again when its token is near its end',
    arrange: peer => {
      peer.tokenSeconds = 1;
    },
    exitCode: 0,
    words: /is done/,
    leastSignIns: 3,
  },
  {
    name: 'signs in again when its token is refused',
    arrange: peer => {
      peer.beforeWrite = () =>
        peer.tokens.forEach(each => peer.revoked.add(each));
    },
    exitCode: 0,
    words: /is done/,
    leastSignIns: 2,
  },
  {
    name: 'tries again what met a 500 in the middle of its work',
    arrange: peer =>
      peer.writeFaults.push({ status: 500, body: { error: 'unknown_error' } }),
    exitCode: 0,
    words: /waiting for keycloak .*unknown_error[^]*is done/,
  },
];

/** A job that works with Keycloak, set up so that a run has something to write. */
export interface KeycloakJob {
  command: string;
  peer: KeycloakPeer;
  config: Record<string, any>;
  env: Record<string, string>;
}

/** Lets a job meet a fault. */
export async function meetKeycloakFault(
  job: KeycloakJob,
  fault: KeycloakFaultCase,
) {
  const { peer, config } = job;
  fault.arrange?.(peer);
  const { exitCode, report, log } = await runJobHere(job.command, {
    config: {
      ...config,
      waitSeconds: 1,
      keycloak: { ...config.keycloak, ...(await fault.keycloak?.()) },
    },
    env: { ...job.env, ...fault.env },
  });
  const told = log + JSON.stringify(report);
  const secrets = [
    ...Object.values({ ...job.env, ...fault.env }),
    ...peer.tokens,
  ]
    .filter(Boolean)
    .filter(secret => secret !== KEYCLOAK_LOGIN.user);
  return {
    exitCode,
    code: report?.error?.code,
    hasNextStep: Boolean(report?.error?.nextStep),
    log,
    signIns: peer.tokens.length,
    hasWritten: peer.writes.length > 0,
    leaks: secrets.filter(secret => told.includes(secret)),
  };
}
