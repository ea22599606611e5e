import { NetworkError } from '@keycloak/keycloak-admin-client';
import { keycloakConfig } from './keycloakConfig';
import { keycloakError, signInError, wordsOf } from './keycloakErrors';

const config = keycloakConfig.parse({
  url: 'http://akko-keycloak:8080/',
  user: {},
  password: {},
});

function answer(status: number, responseData: unknown): NetworkError {
  return new NetworkError('Network response was not OK.', {
    response: new Response('', { status }),
    responseData,
  });
}

it.each([
  [{ error: 'Could not find role' }, 'Could not find role'],
  [
    { errorMessage: 'Client superset already exists' },
    'Client superset already exists',
  ],
  [
    {
      error: 'invalid_input',
      error_description: 'A redirect URI is not a valid URI',
    },
    'invalid_input: A redirect URI is not a valid URI',
  ],
  [
    { field: 'username', errorMessage: 'error-username-invalid-character' },
    'username: error-username-invalid-character',
  ],
  [
    {
      errors: [
        { field: 'username', errorMessage: 'error-invalid-length' },
        { field: 'email', errorMessage: 'error-invalid-email' },
      ],
    },
    'username: error-invalid-length, email: error-invalid-email',
  ],
  [
    'Bootstrap in progress. Retry in 5 seconds.',
    'Bootstrap in progress. Retry in 5 seconds.',
  ],
  ['<html><h1>Bad  gateway</h1></html>', 'Bad gateway'],
  ['', ''],
])('finds the words in %j', (data, words) => {
  expect(wordsOf(answer(400, data))).toBe(words);
});

it.each([
  [400, { error: 'unknown' }, 'misconfigured'],
  [400, { errorMessage: 'Could not create user' }, 'service-unavailable'],
  [
    400,
    {
      error: 'invalid_request',
      error_description: 'Could not add user role mappings!',
    },
    'service-unavailable',
  ],
  [401, { error: 'HTTP 401 Unauthorized' }, 'authentication-failed'],
  [403, { error: 'HTTP 403 Forbidden' }, 'permission-denied'],
  [404, { error: 'Could not find client' }, 'not-found'],
  [409, { errorMessage: 'User exists with same email' }, 'conflict'],
  [500, { error: 'unknown_error' }, 'service-unavailable'],
  [503, 'Bootstrap in progress.', 'service-unavailable'],
])('takes the answer %i %j of the Admin API for %s', (status, data, code) => {
  expect(
    keycloakError(answer(status, data), config, 'create the client superset'),
  ).toMatchObject({
    code,
    service: 'keycloak',
    message: `keycloak at http://akko-keycloak:8080 answered ${status} to: create the client superset (${wordsOf(
      answer(status, data),
    )}).`,
  });
});

it.each([
  [400, { error: 'invalid_grant' }, 'authentication-failed'],
  [401, { error: 'invalid_client' }, 'misconfigured'],
  [400, { error: 'unauthorized_client' }, 'misconfigured'],
  [404, { error: 'Realm does not exist' }, 'not-found'],
  [503, 'Bootstrap in progress.', 'service-unavailable'],
])('takes the answer %i %j to a sign-in for %s', (status, data, code) => {
  expect(signInError(answer(status, data), config)).toMatchObject({ code });
});

it('leaves a failure that is not of the network as it is', () => {
  const failure = new Error('a mistake of our own');
  expect(keycloakError(failure, config, 'read the realm akko')).toBe(failure);
});
