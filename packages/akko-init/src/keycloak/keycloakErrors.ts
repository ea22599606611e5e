import { NetworkError } from '@keycloak/keycloak-admin-client';
import { JobError } from '../core/JobError';
import { networkError } from '../core/networkErrors';
import { codeOfStatus } from '../http/HttpClient';
import type { KeycloakConfig } from './keycloakConfig';

/** The name of the service in errors and reports. */
export const KEYCLOAK = 'keycloak';

const LONGEST_EXCERPT = 200;

/**
 * Keycloak's words, with 400, for a failure of its own database: seen when several runs make the same user or give it roles at the same moment.
 * The next try finds what the other one made.
 */
const DATABASE_FAILURE = /Could not (create user|add user role mappings)/;

/** The status of an answer that was not a success; undefined for any other failure. */
export function statusOf(thrown: unknown): number | undefined {
  return thrown instanceof NetworkError ? thrown.response.status : undefined;
}

/** Whether what should be made is there already, or was written by somebody else at the same moment. */
export function isConflict(error: unknown): boolean {
  return error instanceof JobError && error.code === 'conflict';
}

/**
 * Makes something.
 * @returns `unchanged`, when somebody else was quicker
 */
export async function unlessThere(
  make: () => Promise<unknown>,
): Promise<'unchanged' | void> {
  try {
    await make();
    return undefined;
  } catch (error) {
    if (isConflict(error)) {
      return 'unchanged';
    }
    throw error;
  }
}

/**
 * Keycloak's own words in an answer. They are in `errorMessage`, in `error` and `error_description`, in a list `errors` with a field's
 * name, or plain text while Keycloak starts.
 */
export function wordsOf(thrown: unknown): string {
  const data =
    thrown instanceof NetworkError
      ? (thrown.responseData as Record<string, any> | string | undefined)
      : undefined;
  if (!data || typeof data === 'string') {
    return (data ?? '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, LONGEST_EXCERPT);
  }
  if (Array.isArray(data.errors)) {
    return data.errors
      .map(({ field, errorMessage }) => `${field}: ${errorMessage}`)
      .join(', ');
  }
  return [data.field, data.error, data.errorMessage, data.error_description]
    .filter(Boolean)
    .join(': ');
}

/**
 * A failure of a call to the Admin API, or of reaching it, as a {@link JobError}.
 * @param doing - what was tried, as `create the client superset`
 */
export function keycloakError(
  thrown: unknown,
  { url, realm }: KeycloakConfig,
  doing: string,
): unknown {
  const status = statusOf(thrown);
  if (status === undefined) {
    return failureWithoutAnswer(thrown, url);
  }
  const words = wordsOf(thrown);
  const code = DATABASE_FAILURE.test(words)
    ? 'service-unavailable'
    : codeOfStatus(status);
  return new JobError({
    code,
    service: KEYCLOAK,
    message: sentence(url, status, doing, words),
    nextStep:
      code === 'permission-denied'
        ? `Give the job's account in Keycloak the role realm-admin of the realm ${realm} (in the realm master it is the role admin), or name another account in the Secret; then run the job again.`
        : stepOf(code),
    cause: thrown,
  });
}

/** Why the administrator cannot sign in, as a {@link JobError}. */
export function signInError(
  thrown: unknown,
  { url, adminRealm, adminClientId }: KeycloakConfig,
): unknown {
  const status = statusOf(thrown);
  if (status === undefined) {
    return failureWithoutAnswer(thrown, url);
  }
  const words = wordsOf(thrown);
  const error = (
    (thrown as NetworkError).responseData as { error?: string } | undefined
  )?.error;
  const parts = {
    service: KEYCLOAK,
    message: sentence(
      url,
      status,
      `sign in to the realm ${adminRealm} with the client ${adminClientId}`,
      words,
    ),
    cause: thrown,
  };
  // A wrong password or user is a 400, not a 401.
  if (error === 'invalid_grant') {
    return new JobError({
      ...parts,
      code: 'authentication-failed',
      nextStep:
        "Compare user and password in the Secret with Keycloak's: its database keeps those of its first start. Then run the job again.",
    });
  }
  if (error === 'invalid_client' || error === 'unauthorized_client') {
    return new JobError({
      ...parts,
      code: 'misconfigured',
      nextStep: `Name a public client with direct access grants in keycloak.adminClientId of the values (it is ${adminClientId} now), then run the job again.`,
    });
  }
  const code = codeOfStatus(status);
  return new JobError({
    ...parts,
    code,
    nextStep:
      code === 'not-found'
        ? `Check keycloak.url and keycloak.adminRealm in the values (the realm is ${adminRealm} now), then run the job again.`
        : stepOf(code),
  });
}

function failureWithoutAnswer(thrown: unknown, url: string): unknown {
  if ((thrown as Error).name === 'SyntaxError') {
    return new JobError({
      code: 'misconfigured',
      service: KEYCLOAK,
      message: `What answers at ${url} is not Keycloak: its answer is not JSON.`,
      nextStep:
        "Give the address of Keycloak's own Service in keycloak.url of the values, not that of a proxy before it; then run the job again.",
      cause: thrown,
    });
  }
  return thrown instanceof JobError
    ? thrown
    : networkError(thrown, KEYCLOAK, url) ?? thrown;
}

function sentence(
  url: string,
  status: number,
  doing: string,
  words: string,
): string {
  return `${KEYCLOAK} at ${url} answered ${status} to: ${doing}${
    words && ` (${words})`
  }.`;
}

function stepOf(code: JobError['code']): string {
  return code === 'service-unavailable'
    ? 'Look at the log of Keycloak; when it is well, run the job again.'
    : "Check the job's values against what Keycloak says, then run the job again.";
}
