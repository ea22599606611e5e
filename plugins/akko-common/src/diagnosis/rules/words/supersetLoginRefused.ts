import { addressNear, shortAddress } from '../address';
import { again, readLog } from '../steps';
import type { WordsRule } from '../types';

/** Superset does not let the job in. */
export const supersetLoginRefused: WordsRule = {
  kind: 'words',
  id: 'superset-login-refused',
  jobs: ['superset-bootstrap'],
  report: ({ code, service }) =>
    service === 'superset' && code === 'authentication-failed',
  patterns: [
    {
      pattern:
        /\bHTTP(?:\/\d(?:\.\d)?)?(?: error)?:? ?401\b|\b401 (?:client error|unauthori[sz]ed)|returned error: 401\b|status(?: code)?:? ?401\b|"message":\s?"Not authorized"|invalid login|login failed/i,
      strength: 3,
    },
  ],
  explain: ({ job, line, nearby }) => {
    const address = addressNear(line, nearby);
    return {
      title: 'Superset refuses the login of the job',
      cause:
        "User or password in the Secret are not those of Superset's administrator, or the account is of another provider than the login asks.",
      target: address ? shortAddress(address) : 'superset',
      steps: [
        readLog(job, 30),
        {
          text: "Compare user and password in the Secret of Superset's administrator with Superset's: it keeps those of its first start; `superset fab reset-password` in its pod sets a new one.",
        },
      ],
      action: again(job, 'the login works'),
    };
  },
  examples: {
    yes: [
      'requests.exceptions.HTTPError: 401 Client Error: UNAUTHORIZED for url: http://akko-superset:8088/api/v1/security/login',
      '{"message":"Not authorized"}',
    ],
    no: ['login at http://akko-superset:8088'],
  },
};
