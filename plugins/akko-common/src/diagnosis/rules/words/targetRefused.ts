import { addressNear, shortAddress } from '../address';
import { serviceOf } from '../services';
import { again, lookAtPods, readLog } from '../steps';
import type { WordsRule } from '../types';

/** Nobody listens at the address: the service is down, still starting, or elsewhere. */
export const targetRefused: WordsRule = {
  kind: 'words',
  id: 'target-refused',
  patterns: [
    { pattern: /connection (?:was )?refused/i, strength: 2 },
    { pattern: /\bECONNREFUSED\b/, strength: 2 },
    {
      pattern:
        /couldn't connect to server|could not connect to the endpoint URL|can't contact LDAP server|:\d{1,5} - no response\b/i,
      strength: 2,
    },
    // As curl says it without a reason of the system.
    { pattern: /curl: \(7\)/, strength: 2 },
    {
      pattern:
        /\b(?:ECONNRESET|EPIPE)\b|connection (?:was cut|reset by peer)|server closed the connection unexpectedly|empty reply from server/i,
      strength: 2,
    },
  ],
  explain: ({ job, line, nearby, error }) => {
    const address = addressNear(line, nearby);
    const service = serviceOf(job, address, error?.service);
    const title = service?.title ?? address ?? 'The service';
    return {
      title: `${title} refuses connections`,
      cause: `${title}${
        address ? ` at ${shortAddress(address)}` : ''
      } does not take connections: it is down, still starting, or listens elsewhere.`,
      target: address ? shortAddress(address) : service?.suffix,
      steps: [
        lookAtPods(job, service?.selector ?? 'akko', title),
        {
          text: 'If they are ready, compare host and port in the values with its Service; if not, read their log first.',
        },
        readLog(job),
      ],
      action: again(job, `${title} is ready`),
    };
  },
  examples: {
    yes: [
      'Could not connect to the endpoint URL: "http://akko-minio:9000/akko-users"',
      "ldap_sasl_bind(SIMPLE): Can't contact LDAP server (-1)",
      'akko-postgresql:5432 - no response',
      'psql: error: connection to server at "akko-postgresql" (10.96.14.2), port 5432 failed: Connection refused',
      'Error: connect ECONNREFUSED 10.96.3.4:8080',
      "curl: (7) Failed to connect to akko-minio port 9000 after 2 ms: Couldn't connect to server",
    ],
    no: ['keycloak refused the password of admin'],
  },
};
