import { Client, ResultCodeError } from 'ldapts';
import type { JobContext } from '../../core/Job';
import { JobError } from '../../core/JobError';
import { networkError } from '../../core/networkErrors';
import { nextStepFor, waitUntilReady } from '../../core/waitUntilReady';
import type { KeycloakSyncConfig } from './config';
import { textOf, type Component } from './federation';

/** The name of the service in errors and reports. */
export const DIRECTORY = 'directory';

const TIMEOUT_MILLISECONDS = 10_000;
/** Keycloak's words for the search scopes of LDAP. */
const SCOPES: Record<string, 'one' | 'sub'> = { 1: 'one', 2: 'sub' };
/** LDAP result codes (RFC 4511, appendix A). */
const NO_SUCH_OBJECT = 32;
const INVALID_CREDENTIALS = 49;
const INSUFFICIENT_ACCESS_RIGHTS = 50;

/**
 * Refuses a directory in which a federation would find nobody. It is asked directly, because Keycloak cannot tell: it answers a full
 * synchronization of an empty directory as a success, and forgets an imported user as soon as it looks for one that the directory does not show.
 * @param password - of the federation's bind DN
 * @throws JobError `conflict`, when nobody is there
 */
export async function refuseEmptyDirectory(
  context: Pick<
    JobContext<KeycloakSyncConfig>,
    'config' | 'log' | 'signal' | 'step'
  >,
  federation: Component,
  password: string,
): Promise<void> {
  const { config, log, signal, step } = context;
  const address = textOf(federation, 'connectionUrl');
  const filter = filterOf(federation);
  step(`looking for users in the directory at ${address}`);
  const isEmpty = await waitUntilReady({
    service: DIRECTORY,
    address,
    seconds: config.waitSeconds,
    probe: () => findsNobody(federation, filter, password),
    log,
    signal,
  });
  if (isEmpty) {
    throw new JobError({
      code: 'conflict',
      service: DIRECTORY,
      message: `${DIRECTORY} at ${address} shows no user below ${textOf(
        federation,
        'usersDn',
      )} that matches ${filter}; a full synchronization is refused, because Keycloak forgets the users that it imported when the directory no longer shows them.`,
      nextStep:
        'Check that the directory is filled, that directory.usersDn and .userObjectClasses are right and that directory.bindDn may read the users; if it shall be empty, set sync: changed. Then run the job again.',
    });
  }
}

async function findsNobody(
  federation: Component,
  filter: string,
  password: string,
): Promise<boolean> {
  const client = new Client({
    url: textOf(federation, 'connectionUrl'),
    timeout: TIMEOUT_MILLISECONDS,
    connectTimeout: TIMEOUT_MILLISECONDS,
  });
  try {
    if (textOf(federation, 'startTls') === 'true') {
      await client.startTLS();
    }
    await client.bind(textOf(federation, 'bindDn'), password);
    const { searchEntries } = await client.search(
      textOf(federation, 'usersDn'),
      {
        scope: SCOPES[textOf(federation, 'searchScope')] ?? 'one',
        filter,
        // One is enough, and without its attributes (RFC 4511, 4.5.1.8).
        sizeLimit: 1,
        attributes: ['1.1'],
      },
    );
    return searchEntries.length === 0;
  } catch (thrown) {
    throw directoryError(thrown, federation);
  } finally {
    await client.unbind().catch(() => {});
  }
}

/** The filter by which the federation finds users. */
function filterOf(federation: Component): string {
  const classes = textOf(federation, 'userObjectClasses')
    .split(',')
    .map(name => `(objectClass=${name.trim()})`);
  const own = textOf(federation, 'customUserSearchFilter');
  return `(&${own}${classes.join('')})`;
}

function directoryError(thrown: unknown, federation: Component): JobError {
  const address = textOf(federation, 'connectionUrl');
  const bindDn = textOf(federation, 'bindDn');
  const usersDn = textOf(federation, 'usersDn');
  const parts = { service: DIRECTORY, cause: thrown };
  if (!(thrown instanceof ResultCodeError)) {
    return (
      networkError(thrown, DIRECTORY, address) ??
      new JobError({
        ...parts,
        code: 'service-unavailable',
        message: `${DIRECTORY} at ${address} did not answer: ${
          (thrown as Error).message
        }`,
        nextStep: nextStepFor(DIRECTORY, address),
      })
    );
  }
  switch (thrown.code) {
    case INVALID_CREDENTIALS:
      return new JobError({
        ...parts,
        code: 'authentication-failed',
        message: `${DIRECTORY} at ${address} refused the password of ${bindDn} from the Secret.`,
        nextStep:
          "Compare the password in the Secret with the directory's, then run the job again.",
      });
    case NO_SUCH_OBJECT:
      return new JobError({
        ...parts,
        code: 'misconfigured',
        message: `${DIRECTORY} at ${address} has no ${usersDn}, or does not show it to ${bindDn}.`,
        nextStep:
          'Correct directory.usersDn in the values, or let directory.bindDn read it; then run the job again.',
      });
    case INSUFFICIENT_ACCESS_RIGHTS:
      return new JobError({
        ...parts,
        code: 'permission-denied',
        message: `${DIRECTORY} at ${address} does not let ${bindDn} read ${usersDn}.`,
        nextStep:
          'Let directory.bindDn read the users in the directory, then run the job again.',
      });
    default:
      return new JobError({
        ...parts,
        code: 'misconfigured',
        message: `${DIRECTORY} at ${address} refused to search ${usersDn}: ${thrown.message.trim()} (LDAP result ${
          thrown.code
        }).`,
        nextStep:
          "Check directory.usersDn and .userObjectClasses in the values and the federation's own search filter in Keycloak, then run the job again.",
      });
  }
}
