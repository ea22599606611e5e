import { again, readLog } from '../steps';
import type { WordsRule } from '../types';

/** A plain CREATE DATABASE (or role) of a script meets what an earlier run made. */
export const duplicateDatabase: WordsRule = {
  kind: 'words',
  id: 'duplicate-database',
  patterns: [
    {
      pattern:
        /^(?:.{0,300}\b)?(?:ERROR|FATAL):.{0,20}(?:database|role) "?([^"\s]{1,100})"? already exists|\bduplicate_database\b|\b42P04\b/,
      strength: 3,
    },
  ],
  explain: ({ job, line, caught }) => {
    const name = caught[1];
    const what = /role "/.test(line) ? 'role' : 'database';
    return {
      title: name
        ? `The ${what} ${name} exists already`
        : 'A database exists already',
      cause: `The script of the job makes ${
        name ? `the ${what} ${name}` : 'a database'
      } without asking whether it is there, so it cannot run twice.`,
      target: name,
      confidence: 'certain',
      steps: [
        readLog(job, 30),
        {
          text: `Guard the statement in the values: SELECT 'CREATE DATABASE …' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '…') \\gexec. The database itself is fine; nothing has to be removed.`,
        },
      ],
      action: again(job, 'the script is guarded'),
    };
  },
  examples: {
    yes: ['ERROR:  database "keycloak" already exists'],
    no: ['NOTICE:  relation "events" already exists, skipping'],
  },
};
