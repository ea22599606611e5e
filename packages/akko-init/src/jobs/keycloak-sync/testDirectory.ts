import type { JobContext } from '../../core/Job';
import { JobError } from '../../core/JobError';
import { nextStepFor, waitUntilReady } from '../../core/waitUntilReady';
import { statusOf, wordsOf } from '../../keycloak/keycloakErrors';
import type { KeycloakSession } from '../../keycloak/KeycloakSession';
import type { KeycloakSyncConfig } from './config';
import { DIRECTORY } from './directory';
import { textOf, type Component } from './federation';

/** What Keycloak shows in the place of a password that it keeps, and takes for it. */
const KEPT_PASSWORD = '**********';

/** Keycloak's words for a directory that does not answer, or not yet (LDAPServerCapabilitiesManager; a refused connection is a reset one). */
const UNREACHABLE = new Set([
  'CommunicationError',
  'ConnectionFailed',
  'NoRouteToHost',
  'SocketReset',
  'UnknownHost',
]);

/**
 * Lets Keycloak sign in to the directory as the federation would, and waits for a directory that is not reachable yet. Without this a
 * synchronization with a wrong password would be told as a success with nobody to import.
 * @param password - of the bind DN; the one that Keycloak keeps unless given
 */
export async function testDirectory(
  context: Pick<
    JobContext<KeycloakSyncConfig>,
    'config' | 'log' | 'signal' | 'step'
  >,
  keycloak: KeycloakSession,
  federation: Component,
  password?: string,
): Promise<void> {
  const { config, log, signal } = context;
  const address = textOf(federation, 'connectionUrl');
  const setting = (key: string) => textOf(federation, key) || undefined;
  const test = {
    action:
      setting('authType') === 'none' ? 'testConnection' : 'testAuthentication',
    connectionUrl: address,
    bindDn: setting('bindDn'),
    authType: setting('authType'),
    startTls: setting('startTls'),
    useTruststoreSpi: setting('useTruststoreSpi'),
    // Without a limit an unreachable host takes half a minute.
    connectionTimeout: setting('connectionTimeout') ?? '5000',
    ...(password === undefined
      ? { componentId: federation.id, bindCredential: KEPT_PASSWORD }
      : { bindCredential: password }),
  };
  await waitUntilReady({
    service: DIRECTORY,
    address,
    seconds: config.waitSeconds,
    probe: async () => {
      const problem = await keycloak.ask(
        `sign in to the directory ${address}`,
        client =>
          client.realms
            .testLDAPConnection({ realm: keycloak.realm }, test)
            .then(() => undefined, problemOf),
      );
      if (problem !== undefined) {
        throw directoryError(problem, federation, password !== undefined);
      }
    },
    log,
    signal,
  });
}

/** Keycloak's word for what is wrong with the directory; anything else is a failure of the call. */
function problemOf(thrown: unknown): string {
  if (statusOf(thrown) !== 400) {
    throw thrown;
  }
  return wordsOf(thrown);
}

function directoryError(
  problem: string,
  federation: Component,
  isFromSecret: boolean,
): JobError {
  const address = textOf(federation, 'connectionUrl');
  const bindDn = textOf(federation, 'bindDn');
  if (UNREACHABLE.has(problem)) {
    return new JobError({
      code: 'service-unavailable',
      service: DIRECTORY,
      message: `${DIRECTORY} at ${address} is not reachable from Keycloak (${problem}).`,
      nextStep: nextStepFor(DIRECTORY, address),
    });
  }
  if (problem === 'AuthenticationFailure') {
    return new JobError({
      code: 'authentication-failed',
      service: DIRECTORY,
      message: `${DIRECTORY} at ${address} refused the password of ${bindDn} (Keycloak: ${problem}).`,
      nextStep: isFromSecret
        ? "Compare directory.bindDn and the password in the Secret with the directory's, then run the job again."
        : `The user federation ${federation.name} keeps a password that the directory no longer takes: set it in Keycloak (User federation, ${federation.name}, Bind credentials), then run the job again.`,
    });
  }
  return new JobError({
    code: 'misconfigured',
    service: DIRECTORY,
    message: `${DIRECTORY} at ${address} does not let Keycloak sign in as ${bindDn} (${problem}).`,
    nextStep:
      'Correct directory.url and directory.bindDn in the values, for ldaps also the certificates that Keycloak trusts; then run the job again.',
  });
}
