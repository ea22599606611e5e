import { addressNear, shortAddress } from '../address';
import { again, readLog } from '../steps';
import type { WordsRule } from '../types';

/** A full sync from an empty directory would remove everybody; the job refuses. */
export const directoryEmpty: WordsRule = {
  kind: 'words',
  id: 'directory-empty',
  jobs: ['keycloak-sync'],
  report: ({ service, message }) =>
    /directory|ldap/i.test(service ?? '') &&
    /\b(?:shows no user|has no \S|is empty)\b/i.test(message),
  patterns: [
    {
      pattern:
        /shows no users?\b|director(?:y|ies) (?:is|are|seems?) empty|no users? (?:found )?in (?:the )?(?:LDAP|directory)|0 users? (?:found|in the directory)|refus(?:es|ing|ed) (?:a )?full sync/i,
      strength: 3,
    },
  ],
  explain: ({ job, line, nearby }) => {
    const address = addressNear(line, nearby);
    return {
      title: 'The directory shows no users',
      cause:
        'The bind account sees no users where the values look for them, and a full synchronization from an empty directory would take everybody out of Keycloak; so nothing was done.',
      target: address && shortAddress(address),
      steps: [
        readLog(job, 30),
        {
          text: 'Correct the base of the users (keycloakSync.directory.usersDn) or the rights of the bind account; or wait until the directory has people.',
        },
      ],
      action: again(job, 'the directory shows its people'),
    };
  },
  examples: {
    yes: [
      'directory at akko-lldap:3890 shows no user below ou=people,dc=akko,dc=local.',
    ],
    no: ['sync: 5 added, 0 updated'],
  },
};
