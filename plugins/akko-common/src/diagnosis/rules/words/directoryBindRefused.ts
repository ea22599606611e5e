import { addressNear, shortAddress } from '../address';
import { again, readLog } from '../steps';
import type { WordsRule } from '../types';

/** The directory does not take the bind DN and its password. */
export const directoryBindRefused: WordsRule = {
  kind: 'words',
  id: 'directory-bind-refused',
  report: ({ code, service }) =>
    code === 'authentication-failed' && /directory|ldap/i.test(service ?? ''),
  patterns: [
    {
      pattern:
        /LDAP: error code 49|invalid credentials \(49\)|ldap_bind|\bLDAP.{0,60}(?:AuthenticationFailure|invalid credentials|bind (?:failed|refused))|AuthenticationFailure/i,
      strength: 3,
    },
    {
      pattern: /invalid ?credentials(?: ?error)?|bind (?:dn|failed|refused)/i,
      strength: 2,
    },
  ],
  jobs: ['keycloak-sync'],
  explain: ({ job, line, nearby }) => {
    const address = addressNear(line, nearby);
    return {
      title: 'The directory refuses the bind account',
      cause:
        'Bind DN or password of the LDAP federation are not those of the directory.',
      target: address && shortAddress(address),
      steps: [
        readLog(job, 30),
        {
          text: 'Compare bind DN (keycloakSync.directory.bindDn) and the password in its Secret with the directory, for example by ldapwhoami.',
        },
      ],
      action: again(job, 'the directory takes the account'),
    };
  },
  examples: {
    yes: [
      'javax.naming.AuthenticationException: [LDAP: error code 49 - Invalid Credentials]',
      'ldap_bind: Invalid credentials (49)',
    ],
    no: ['bindDn uid=admin'],
  },
};
