import { addressNear, shortAddress } from '../address';
import { serviceOf } from '../services';
import { again, readLog } from '../steps';
import type { WordsRule } from '../types';

/** The OAuth2 client is refused: its secret, or its id, is not the server's. */
export const clientSecretWrong: WordsRule = {
  kind: 'words',
  id: 'client-secret-wrong',
  report: ({ code, service, message }) =>
    (code === 'authentication-failed' && service === 'polaris') ||
    /\b(?:invalid_client|unauthorized_client)\b/.test(message),
  patterns: [
    {
      pattern:
        /\b(?:invalid_client|unauthorized_client)\b|invalid client(?: or invalid client)? credentials|client authentication failed/i,
      strength: 3,
    },
    {
      pattern: /\b401\b.{0,40}unauthori[sz]ed|returned error: 401\b/i,
      strength: 1,
    },
  ],
  explain: ({ job, line, nearby, error }) => {
    const address = addressNear(line, nearby);
    const service = serviceOf(job, address, error?.service);
    const title = service?.title ?? 'The server';
    const isPolaris = service?.suffix === 'akko-polaris';
    return {
      title: `${title} refuses the client's secret`,
      cause: isPolaris
        ? 'The root secret that the job sends is not the one that Polaris was bootstrapped with: its database keeps that of the first start.'
        : `Client id and secret that the job sends are not those that ${title} knows.`,
      target: address && shortAddress(address),
      steps: [
        readLog(job, 30),
        {
          text: isPolaris
            ? 'Compare the Secret of Polaris (POLARIS_ROOT_SECRET) with the one of its bootstrap, and write that one into the Secret, or reset the credentials of the principal root in Polaris.'
            : `Compare client id and secret in the Secret with those in ${title}.`,
        },
      ],
      action: again(job, 'the secrets are the same'),
    };
  },
  examples: {
    yes: [
      '{"error":"unauthorized_client","error_description":"The client is not authorized"}',
      '{"error":"invalid_client","error_description":"Invalid client or Invalid client credentials"}',
    ],
    no: ['client superset: unchanged'],
  },
};
