import { again, lookAtPods, readLog } from '../steps';
import type { WordsRule } from '../types';

/** Keycloak runs without the realm: it was not imported, or is called otherwise. */
export const keycloakRealmMissing: WordsRule = {
  kind: 'words',
  id: 'keycloak-realm-missing',
  report: ({ code, service, message }) =>
    service === 'keycloak' &&
    code === 'not-found' &&
    /\brealm\b/i.test(message) &&
    !/role/i.test(message),
  patterns: [
    {
      pattern:
        /realm (?:"?[\w.-]{1,100}"? )?(?:does not exist|not found|was not found)|realm_not_found|no realm (?:found|"?[\w.-]{1,100}"?)/i,
      strength: 3,
    },
  ],
  explain: ({ job }) => ({
    title: 'Keycloak has no such realm',
    target: 'keycloak',
    cause:
      'The realm that the job works on is not in Keycloak: its import at the first start failed or has not happened, or the name in the values is another.',
    steps: [
      readLog(job, 30),
      lookAtPods(job, 'akko-keycloak', 'Keycloak'),
      {
        text: 'See in the log of Keycloak whether the realm was imported; it is imported only while no realm has its name. Or correct keycloak.realm in the values.',
      },
    ],
    action: again(job, 'the realm is there'),
  }),
  examples: {
    yes: ['{"error":"Realm does not exist"}', 'Realm not found.'],
    no: ['realm akko: 13 clients'],
  },
};
