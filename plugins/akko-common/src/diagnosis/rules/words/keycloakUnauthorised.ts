import { addressNear, shortAddress } from '../address';
import { again, readLog } from '../steps';
import type { WordsRule } from '../types';

const JOBS = ['keycloak-clients', 'keycloak-sync', 'bootstrap-admin'];

/** Keycloak refuses the administrator: a wrong password, or a token that is over. */
export const keycloakUnauthorised: WordsRule = {
  kind: 'words',
  id: 'keycloak-unauthorised',
  jobs: JOBS,
  report: ({ code, service }) =>
    code === 'authentication-failed' && service === 'keycloak',
  patterns: [
    { pattern: /\binvalid_grant\b|invalid user credentials/i, strength: 3 },
    {
      pattern:
        /\bHTTP(?:\/\d(?:\.\d)?)?(?: error)?:? ?401\b|\b401 unauthori[sz]ed\b|returned error: 401\b|status(?: code)?:? ?401\b|token (?:is )?(?:expired|not active)/i,
      strength: 3,
    },
  ],
  explain: ({ job, line, nearby }) => {
    const address = addressNear(line, nearby);
    const expired =
      /token|401/i.test(line) &&
      !/invalid_grant|credentials|sign in/i.test(line);
    return {
      title: 'Keycloak refuses the administrator',
      cause: expired
        ? "Keycloak did not accept the token of the job's administrator (401): the password in the Secret is not that of the running server, or the token's 300 seconds were over."
        : "User or password in the Secret are not those of Keycloak's administrator: its database keeps the password of its first start.",
      target: address ? shortAddress(address) : 'keycloak',
      steps: [
        readLog(job, 30),
        {
          text: "Compare user and password in the Secret of Keycloak's administrator with the running server's, by signing in to its console; then update one of them.",
        },
      ],
      action: again(job, 'both have the same password'),
    };
  },
  examples: {
    yes: [
      'Failed: {"error":"invalid_grant","error_description":"Invalid user credentials"}',
      'HTTP 401 Unauthorized',
    ],
    no: ['401 users synchronized'],
  },
};
