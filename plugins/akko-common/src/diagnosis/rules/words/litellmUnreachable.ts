import { kubectl } from '../../commands';
import { again, lookAtPods, readLog } from '../steps';
import type { WordsRule } from '../types';

/** The AI functions are there, and what they call is not. */
export const litellmUnreachable: WordsRule = {
  kind: 'words',
  id: 'litellm-unreachable',
  jobs: ['ai-functions'],
  report: ({ service }) => service === 'litellm',
  patterns: [
    {
      pattern:
        /litellm.{0,200}(?:refused|unreachable|not reachable|timed out|did not answer|cannot be reached|Name or service|HTTP 5\d\d|no such host|failed to connect|couldn't connect)|(?:refused|failed to connect|couldn't connect|timed out|could not resolve).{0,200}(?:litellm|port 4000|:4000)/i,
      strength: 3,
    },
  ],
  explain: ({ job }) => ({
    title: 'LiteLLM does not answer',
    cause:
      'The functions call LiteLLM, which does not answer at the address of the values; until it does they return NULL.',
    target: 'litellm',
    steps: [
      lookAtPods(job, 'akko-litellm', 'LiteLLM'),
      {
        text: 'Ask LiteLLM from inside the cluster.',
        command: kubectl(
          'run',
          job.namespace,
          'ask-litellm',
          '--rm',
          '--attach',
          '--restart=Never',
          '--image=curlimages/curl',
          '--',
          'http://akko-akko-litellm:4000/health/liveliness',
        ),
      },
      readLog(job),
    ],
    action: again(job, 'LiteLLM answers'),
  }),
  examples: {
    yes: [
      "curl: (7) Failed to connect to akko-akko-litellm port 4000 after 3 ms: Couldn't connect to server",
      'litellm at http://akko-akko-litellm:4000 is not reachable: the connection was refused (ECONNREFUSED).',
    ],
    no: ['installed akko_ai_ask: calls http://akko-akko-litellm:4000/v1'],
  },
};
