import { kubectl } from '../../commands';
import { addressNear, shortAddress } from '../address';
import { again, lookAtPods, readLog } from '../steps';
import type { WordsRule } from '../types';

/** Polaris builds its database schema at its first start; until then it refuses or answers 500. */
export const polarisInitialising: WordsRule = {
  kind: 'words',
  id: 'polaris-initialising',
  jobs: ['polaris-init'],
  report: ({ code, service, message }) =>
    code === 'service-unavailable' &&
    service === 'polaris' &&
    !/DNS|did not answer|no route/i.test(message),
  patterns: [
    {
      pattern:
        /\bHTTP(?:\/\d(?:\.\d)?)?(?: error)?:? ?50[03]\b|\b50[03] (?:Internal Server Error|Service Unavailable)|status(?: code)?:? ?50[03]\b|returned error: 50[03]\b|\banswered 50[03]\b/i,
      strength: 3,
    },
    {
      pattern:
        /connection (?:was )?refused|\bECONNREFUSED\b|couldn't connect to server|curl: \(7\)/i,
      strength: 3,
    },
    {
      pattern:
        /polaris (?:is )?not (?:yet )?ready|schema (?:is )?not (?:yet )?(?:there|initiali[sz]ed|bootstrapped)|realm .{0,60}not bootstrapped/i,
      strength: 3,
    },
  ],
  explain: ({ job, line, nearby }) => {
    const address = addressNear(line, nearby) ?? 'akko-akko-polaris:8181';
    return {
      title: 'Polaris is not ready yet',
      cause:
        'Polaris refuses connections or answers with errors of its own while it builds its database schema at its first start.',
      target: shortAddress(address),
      confidence: 'likely',
      steps: [
        lookAtPods(job, 'akko-polaris', 'Polaris'),
        {
          text: 'If a pod does not become ready, read its log: Polaris needs its database.',
          command: kubectl(
            'logs',
            job.namespace,
            '--selector',
            'app.kubernetes.io/name=akko-polaris',
            '--tail=100',
          ),
        },
        readLog(job),
      ],
      action: again(job, 'Polaris is ready'),
    };
  },
  examples: {
    yes: [
      'polaris is not ready: HTTP 500',
      "curl: (7) Failed to connect to akko-akko-polaris port 8181 after 1 ms: Couldn't connect to server",
    ],
    no: ['HTTP 201 Created'],
  },
};
