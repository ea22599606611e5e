import { addressNear, shortAddress } from '../address';
import { again, readLog } from '../steps';
import type { WordsRule } from '../types';

/** Keycloak knows the account, which may not administer the realm. */
export const keycloakForbidden: WordsRule = {
  kind: 'words',
  id: 'keycloak-forbidden',
  jobs: ['keycloak-clients', 'keycloak-sync', 'bootstrap-admin'],
  report: ({ code, service }) =>
    code === 'permission-denied' && service === 'keycloak',
  patterns: [
    {
      pattern:
        /\bHTTP(?:\/\d(?:\.\d)?)?(?: error)?:? ?403\b|\b403 forbidden\b|returned error: 403\b|status(?: code)?:? ?403\b|"error":\s?"(?:unknown_error|insufficient_scope|Forbidden)"/i,
      strength: 3,
    },
  ],
  explain: ({ job, line, nearby }) => {
    const address = addressNear(line, nearby);
    return {
      title: "Keycloak does not let the job's account administer the realm",
      cause:
        'The account signed in, and lacks the role that the call needs (403): realm-admin of the realm, or admin in the realm master.',
      target: address ? shortAddress(address) : 'keycloak',
      confidence: 'certain',
      steps: [
        readLog(job, 30),
        {
          text: "Give the account the role realm-admin of the client realm-management in the realm akko, or name another account in the job's Secret.",
        },
      ],
      action: again(job, 'the account has the role'),
    };
  },
  examples: {
    yes: [
      'HTTP 403 Forbidden',
      'curl: (22) The requested URL returned error: 403',
    ],
    no: ['403 redirect URIs'],
  },
};
