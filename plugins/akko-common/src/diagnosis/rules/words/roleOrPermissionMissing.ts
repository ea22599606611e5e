import { kubectl } from '../../commands';
import { addressNear, shortAddress } from '../address';
import { serviceOf } from '../services';
import { again, readLog } from '../steps';
import type { WordsRule } from '../types';

/** The account is known, and may not do what the job does; or a role that it needs is not there. */
export const roleOrPermissionMissing: WordsRule = {
  kind: 'words',
  id: 'role-or-permission-missing',
  report: ({ code, service, message }) =>
    (code === 'permission-denied' && !/keycloak|volume/i.test(service ?? '')) ||
    (code === 'not-found' &&
      /\brole\b/.test(message) &&
      !/keycloak/i.test(service ?? '')),
  patterns: [
    { pattern: /\brole "?([^"\s]{1,100})"? does not exist/i, strength: 3 },
    {
      pattern:
        /\bpermission denied (?:for|to) |must be (?:superuser|owner of|member of|able to)|only superusers|\b42501\b/i,
      strength: 3,
    },
    { pattern: /\bAccess ?Denied\b/, strength: 3 },
    { pattern: /no pg_hba\.conf entry/i, strength: 3 },
  ],
  explain: ({ job, line, nearby, caught, error }) => {
    const address = addressNear(line, nearby);
    const service = serviceOf(job, address, error?.service);
    const title = service?.title ?? 'The service';
    const role =
      caught[1] ??
      /\brole "?([^"\s]{1,100})"? (?:does not|is not)/i.exec(line)?.[1];
    const isPostgres = service?.suffix.startsWith('postgresql') ?? false;
    return {
      title: role
        ? `The role ${role} does not exist on ${title}`
        : `${title} does not permit what the job does`,
      cause: role
        ? `The job needs the role ${role}, and ${title} has none of that name.`
        : `The account of the job is known to ${title}, and lacks a right that the job needs.`,
      target: address && shortAddress(address),
      steps: [
        readLog(job, 30),
        isPostgres
          ? {
              text: 'See which roles there are and what they may do; then create the role, grant the right, or give the job a superuser in the values.',
              command: kubectl(
                'exec',
                job.namespace,
                `service/${job.release || 'akko'}-${service?.suffix}`,
                '--',
                'psql',
                '--username=postgres',
                '--command=\\du',
              ),
            }
          : {
              text: 'Give the account the right that the message names, or name another account in the Secret.',
            },
      ],
      action: again(job, 'the right is there'),
    };
  },
  examples: {
    yes: [
      'ERROR:  permission denied to create database',
      'psql: error: connection to server at "akko-postgresql" (10.96.14.2), port 5432 failed: FATAL:  role "akko_admin" does not exist',
      'An error occurred (AccessDenied) when calling the CreateBucket operation: Access Denied.',
    ],
    no: ['sh: 1: /scripts/run.sh: Permission denied'],
  },
};
