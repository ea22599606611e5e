import { addressNear, shortAddress } from '../address';
import { serviceOf } from '../services';
import { again } from '../steps';
import type { WordsRule } from '../types';

/** Both sides do not agree on an encrypted connection. */
export const targetTls: WordsRule = {
  kind: 'words',
  id: 'target-tls',
  patterns: [
    {
      pattern:
        /certificate verify failed|self[- ]signed certificate|certificate (?:has expired|signed by unknown authority|is not (?:trusted|valid)|subject name)|SSL certificate problem|unable to (?:get local issuer|verify the first) certificate|x509:|does not support SSL|SSL connection has been closed|wrong version number|http: server gave HTTP response to HTTPS client|tls: |TLS failed|SSL routines|tlsv1 alert|sslv3 alert|PKIX path building failed|Hostname\/IP does not match certificate/i,
      strength: 3,
    },
    {
      pattern:
        /\b(?:CERT_[A-Z_]{3,40}|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT[A-Z_]{0,20}|ERR_TLS_[A-Z_]{3,40}|EPROTO)\b/,
      strength: 3,
    },
    { pattern: /curl: \((?:35|60)\)/, strength: 3 },
  ],
  explain: ({ job, line, nearby, error }) => {
    const address = addressNear(line, nearby);
    const service = serviceOf(job, address, error?.service);
    const title = service?.title ?? address ?? 'The service';
    return {
      title: `TLS with ${title} fails`,
      cause: `The encrypted connection to ${title}${
        address ? ` at ${shortAddress(address)}` : ''
      } is not made: its certificate is not trusted, is not for this name or has expired, or one side speaks TLS and the other does not.`,
      target: address ? shortAddress(address) : service?.suffix,
      confidence: 'certain',
      steps: [
        {
          text: 'Compare protocol and port in the values (http or https, sslMode) with what the service offers.',
        },
        {
          text: 'Where the protocol is right, give the CA certificate of the service to the job (NODE_EXTRA_CA_CERTS), or renew the certificate.',
        },
      ],
      action: again(job, 'the connection is trusted'),
    };
  },
  examples: {
    yes: [
      'curl: (60) SSL certificate problem: self-signed certificate',
      'psql: error: connection to server at "akko-postgresql" (10.96.0.3), port 5432 failed: server does not support SSL, but SSL was required',
    ],
    no: ['TLS is off'],
  },
};
