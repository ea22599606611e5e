import { kubectl } from '../../commands';
import { addressNear, shortAddress } from '../address';
import { serviceOf } from '../services';
import { again, lookAtPods, readLog } from '../steps';
import type { WordsRule } from '../types';

/** Nothing answers, not even with a refusal: packets are dropped on the way, or the service is too busy. */
export const targetTimeout: WordsRule = {
  kind: 'words',
  id: 'target-timeout',
  patterns: [
    {
      pattern:
        /connection timed out|operation timed out|connect(?:ion)? timeout|timeout expired|i\/o timeout|read timed out|request timed out|did not answer in time|stopped answering/i,
      strength: 2,
    },
    {
      pattern:
        /\b(?:ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT|ConnectTimeoutError|ConnectTimeout)\b/,
      strength: 2,
    },
    { pattern: /curl: \(28\)/, strength: 2 },
    {
      pattern:
        /no route to host|\b(?:EHOSTUNREACH|ENETUNREACH)\b|there is no route to it|network is unreachable/i,
      strength: 2,
    },
    { pattern: /context deadline exceeded|\btimed out\b/i, strength: 1 },
  ],
  explain: ({ job, line, nearby, error }) => {
    const address = addressNear(line, nearby);
    const service = serviceOf(job, address, error?.service);
    const title = service?.title ?? address ?? 'The service';
    return {
      title: `${title} does not answer`,
      cause: `${title}${
        address ? ` at ${shortAddress(address)}` : ''
      } did not answer in time: a NetworkPolicy or firewall drops the packets, the address is not that of a Service, or it is overloaded.`,
      target: address ? shortAddress(address) : service?.suffix,
      steps: [
        {
          text: 'See which NetworkPolicies there are: one that selects the pods must let this port out, and one of the target let it in.',
          command: kubectl('get', job.namespace, 'networkpolicies'),
        },
        lookAtPods(job, service?.selector ?? 'akko', title),
        readLog(job),
      ],
      action: again(job, `${title} answers`),
    };
  },
  examples: {
    yes: [
      'psql: error: connection to server at "10.96.0.77", port 5432 failed: Connection timed out',
      'curl: (28) Failed to connect to akko-keycloak port 8080 after 5001 ms: Timeout was reached',
      'Error: connect ETIMEDOUT 10.1.2.3:9000',
    ],
    no: ['timeout: 30s', 'waiting for at most 60 s'],
  },
};
