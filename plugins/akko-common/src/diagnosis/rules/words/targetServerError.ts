import { kubectl } from '../../commands';
import { addressNear, shortAddress } from '../address';
import { serviceOf } from '../services';
import { again, lookAtPods, readLog } from '../steps';
import type { WordsRule } from '../types';

/** It answers, but not well: it is still starting, or something behind it fails. */
export const targetServerError: WordsRule = {
  kind: 'words',
  id: 'target-server-error',
  patterns: [
    {
      pattern:
        /\bHTTP(?:\/\d(?:\.\d)?)?(?: error)?:? ?5\d\d\b|\b5\d\d (?:Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out)|status(?: code)?:? ?5\d\d\b|returned error: 5\d\d\b|\banswered 5\d\d\b|response code:? 5\d\d\b/i,
      strength: 2,
    },
    {
      pattern:
        /:\d{1,5} - rejecting connections|database system is (?:starting up|shutting down|in recovery)|XMinioServerNotInitialized|server not initialized|SERVER_STARTING_UP/i,
      strength: 3,
    },
  ],
  explain: ({ job, line, nearby, error }) => {
    const address = addressNear(line, nearby);
    const service = serviceOf(job, address, error?.service);
    const title = service?.title ?? address ?? 'The service';
    const status = /\b(5\d\d)\b/.exec(line)?.[1];
    return {
      title: `${title} is not well${status ? `: it answers ${status}` : ''}`,
      cause: `${title}${
        address ? ` at ${shortAddress(address)}` : ''
      } answers with an error of its own${
        status ? ` (${status})` : ''
      }: it is still starting, or what it depends on fails.`,
      target: address ? shortAddress(address) : service?.suffix,
      steps: [
        lookAtPods(job, service?.selector ?? 'akko', title),
        {
          text: `Read the log of ${title}.`,
          command: kubectl(
            'logs',
            job.namespace,
            '--selector',
            `app.kubernetes.io/name=${service?.selector ?? 'akko'}`,
            '--tail=100',
          ),
        },
        readLog(job),
      ],
      action: again(job, `${title} is ready`),
    };
  },
  examples: {
    yes: [
      'akko-postgresql:5432 - rejecting connections',
      'curl: (22) The requested URL returned error: 503',
      'FATAL:  the database system is starting up',
      'superset at http://akko-superset:8088 answered 502 Bad Gateway to: sign in.',
    ],
    no: ['port 5432', 'waited 500 ms'],
  },
};
