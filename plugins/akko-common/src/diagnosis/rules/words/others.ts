import { addressNear, shortAddress } from '../address';
import { serviceOf } from '../services';
import { again, readLog, runAgainByHand } from '../steps';
import type { WordsRule } from '../types';

/** The job needs a database that another job makes. */
export const databaseMissing: WordsRule = {
  kind: 'words',
  id: 'database-missing',
  patterns: [
    {
      pattern: /\bdatabase "?([^"\s]{1,100})"? does not exist|\b3D000\b/i,
      strength: 3,
    },
  ],
  explain: ({ job, caught }) => ({
    title: caught[1]
      ? `The database ${caught[1]} does not exist`
      : 'A database does not exist',
    cause:
      'The job works in a database that another job makes, or whose name in the values is another.',
    target: caught[1],
    steps: [
      {
        text: 'Run postgres-init or postgres-data-init first, or correct the name in the values.',
      },
      readLog(job, 30),
    ],
    action: again(job, 'the database is there'),
  }),
  examples: {
    yes: ['psql: error: FATAL:  database "banking" does not exist'],
    no: ['NOTICE:  database "x" exists'],
  },
};

/** The job needs a bucket that is not there. */
export const bucketMissing: WordsRule = {
  kind: 'words',
  id: 'bucket-missing',
  report: ({ code, service }) =>
    code === 'not-found' && service === 'object storage',
  patterns: [
    {
      pattern: /\bNoSuchBucket\b|the specified bucket does not exist/i,
      strength: 3,
    },
  ],
  explain: ({ job, error }) => ({
    title: 'A bucket is not there',
    cause:
      error?.message ??
      'The job works on a bucket that the object storage does not have.',
    steps: [
      {
        text: 'Run minio-init first, or correct the name of the bucket in the values.',
      },
      readLog(job, 30),
    ],
    action: again(job, 'the bucket is there'),
  }),
  examples: {
    yes: [
      'An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist',
    ],
    no: ['bucket akko-users created'],
  },
};

/** The tools of the backup are older than the server. */
export const toolTooOld: WordsRule = {
  kind: 'words',
  id: 'tool-too-old',
  patterns: [
    {
      pattern:
        /aborting because of server version mismatch|is older than PostgreSQL .{0,60}cannot dump|unsupported version \([\d.]{1,12}\) in file header/i,
      strength: 3,
    },
  ],
  explain: ({ job }) => ({
    title: 'The PostgreSQL tools of the image are older than the server',
    cause:
      'pg_dump and pg_restore work only with servers and files of their own version or an older one.',
    confidence: 'certain',
    steps: [
      {
        text: "Use an image of akko-init whose PostgreSQL client is at least the server's version.",
      },
    ],
    action: again(job, 'the image is newer'),
  }),
  examples: {
    yes: ['pg_dump: error: aborting because of server version mismatch'],
    no: ['server version 17.5'],
  },
};

/** All connections of the server are taken. */
export const tooManyConnections: WordsRule = {
  kind: 'words',
  id: 'too-many-connections',
  patterns: [
    {
      pattern:
        /too many (?:clients already|connections for)|remaining connection slots are reserved|\b53300\b/i,
      strength: 3,
    },
  ],
  explain: ({ job, line, nearby }) => {
    const address = addressNear(line, nearby);
    return {
      title: 'PostgreSQL has no connection left',
      cause:
        'Other sessions hold all connections that the server allows (max_connections).',
      target: address && shortAddress(address),
      confidence: 'certain',
      steps: [
        {
          text: 'See who holds them (SELECT usename, count(*) FROM pg_stat_activity GROUP BY 1), end what is idle, or raise maxConnections.',
        },
      ],
      action: again(job, 'there are connections'),
    };
  },
  examples: {
    yes: ['FATAL:  sorry, too many clients already'],
    no: ['too many retries'],
  },
};

/** Signed requests are refused when clocks differ. */
export const clockSkew: WordsRule = {
  kind: 'words',
  id: 'clock-skew',
  patterns: [
    {
      pattern:
        /\bRequestTimeTooSkewed\b|difference between the request time and the (?:current|server's) time is too large|token .{0,40}used before issued/i,
      strength: 3,
    },
  ],
  explain: ({ job }) => ({
    title: 'The clocks of node and server differ',
    cause:
      'Signed requests carry the time, and the server refuses those whose clock is more than 15 minutes off.',
    confidence: 'certain',
    steps: [{ text: 'Correct the clocks of the nodes (NTP).' }],
    action: again(job, 'the clocks agree'),
  }),
  examples: {
    yes: ['S3 error: RequestTimeTooSkewed'],
    no: ['skew 0.1 s'],
  },
};

/** The program says that its configuration is not right. */
export const misconfigured: WordsRule = {
  kind: 'words',
  id: 'misconfigured',
  report: ({ code }) => code === 'misconfigured',
  patterns: [],
  explain: ({ job, error }) => ({
    title: `The configuration of ${job.name} is not right`,
    cause: error?.message ?? 'The values of the job are not right.',
    confidence: 'certain',
    steps: [
      { text: error?.nextStep ?? 'Correct the values, then upgrade.' },
      runAgainByHand(job),
    ],
    action: again(job, 'the values are corrected'),
  }),
  examples: { yes: [] },
};

/** What the job needs has the same name as something else, or was changed at the same time. */
export const conflict: WordsRule = {
  kind: 'words',
  id: 'conflict',
  report: ({ code }) => code === 'conflict',
  patterns: [],
  explain: ({ job, error }) => ({
    title: 'Something else is in the way',
    cause: error?.message ?? 'Something else has the name already.',
    steps: [{ text: error?.nextStep ?? 'See the log for what it is.' }],
    action: again(job, 'it is out of the way'),
  }),
  examples: { yes: [] },
};

/** Another code of a report, told by its own sentence. */
export const reported: WordsRule = {
  kind: 'words',
  id: 'reported-error',
  report: () => true,
  patterns: [],
  explain: ({ job, error }) => {
    const service = serviceOf(job, undefined, error?.service);
    const titles: Readonly<Record<string, string>> = {
      'authentication-failed': `${
        service?.title ?? 'A service'
      } refuses the login`,
      'permission-denied': `${
        service?.title ?? 'A service'
      } does not permit it`,
      'service-unavailable': `${service?.title ?? 'A service'} is not ready`,
      'not-found': 'Something that the job needs is not there',
      timeout: 'The job was not done in time',
    };
    return {
      title: titles[error?.code ?? ''] ?? `${job.name} failed`,
      cause: error?.message ?? 'The job failed.',
      confidence: error?.code === 'internal' ? 'possible' : 'likely',
      steps: [
        { text: error?.nextStep ?? 'See the log for what it was.' },
        readLog(job),
      ],
      action: again(job),
    };
  },
  examples: { yes: [] },
};
