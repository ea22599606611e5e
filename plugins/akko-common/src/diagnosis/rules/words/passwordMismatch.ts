import { kubectl } from '../../commands';
import { addressNear, shortAddress } from '../address';
import { secretOf, serviceOf } from '../services';
import { again, readLog, showSecret } from '../steps';
import type { WordsRule } from '../types';

const STORAGE_KEY =
  /SignatureDoesNotMatch|InvalidAccessKeyId|Access Key Id you provided|signature we calculated/i;

/** The Secret and the running server disagree about a password: a data volume keeps the one of its first start. */
export const passwordMismatch: WordsRule = {
  kind: 'words',
  id: 'password-mismatch',
  report: ({ code, service }) =>
    code === 'authentication-failed' &&
    !/keycloak|polaris|superset|directory|ldap/i.test(service ?? ''),
  patterns: [
    {
      pattern: /password authentication failed for user "?([^"\s]{1,100})"?/i,
      strength: 3,
    },
    {
      pattern: /\b28P01\b|SASL authentication failed|no password supplied/i,
      strength: 3,
    },
    { pattern: STORAGE_KEY, strength: 3 },
  ],
  explain: ({ job, line, nearby, caught, error }) => {
    const isStorage =
      STORAGE_KEY.test(line) ||
      /object storage|s3|minio/i.test(error?.service ?? '');
    const address = addressNear(line, nearby);
    const service = serviceOf(
      job,
      address,
      isStorage ? 'object storage' : 'postgresql',
    );
    const title = service?.title ?? 'The server';
    const secret = secretOf(job, service);
    const user =
      caught[1] ??
      /password authentication failed for user "?([^"\s]{1,100})"?/i.exec(
        [line, ...nearby].join('\n'),
      )?.[1] ??
      (isStorage ? undefined : 'postgres');
    const host = service && `${job.release || 'akko'}-${service.suffix}`;
    const compare = secret && {
      text: `Compare the password in the Secret ${secret.name} (or in the one that your values name) with the server's.`,
      command: showSecret(job.namespace, secret.name, secret.key),
    };
    return isStorage
      ? {
          title: 'The object storage refuses the keys of the Secret',
          cause:
            'Access key and secret key in the Secret are not those of the running object storage.',
          target: address && shortAddress(address),
          confidence: 'certain',
          steps: [
            ...(compare ? [compare] : []),
            {
              text: 'Write the keys of the running storage into the Secret, or restart the storage with those of the Secret.',
            },
          ],
          action: again(job, 'both have the same keys'),
        }
      : {
          title: `${title} refuses the password of ${user}`,
          cause: `The password in the Secret differs from that of the running server: its data volume keeps the password of the first start, also when the Secret changed since.`,
          target: address ? shortAddress(address) : host,
          confidence: 'certain',
          steps: [
            readLog(job, 30),
            ...(compare ? [compare] : []),
            {
              text: `Set the password of the Secret in the running server, from inside its pod, where it trusts local connections (it asks for the new one; ALTER USER ${user} WITH PASSWORD does the same), or write the old one into the Secret.`,
              command: kubectl(
                'exec',
                job.namespace,
                '--stdin',
                '--tty',
                // A workload of either kind, found by its Service.
                `service/${host ?? 'akko-postgresql'}`,
                '--',
                'psql',
                '--username=postgres',
                `--command=\\password "${(user ?? 'postgres').replace(
                  /"/g,
                  '""',
                )}"`,
              ),
            },
          ],
          action: again(job, 'both have the same password'),
        };
  },
  examples: {
    yes: [
      'psql: error: connection to server at "akko-postgresql" (10.96.14.2), port 5432 failed: FATAL:  password authentication failed for user "akko_admin"',
      'mc: <ERROR> Unable to initialize new alias from the provided credentials. The request signature we calculated does not match the signature you provided.',
    ],
    no: ['password authentication is on'],
  },
};
