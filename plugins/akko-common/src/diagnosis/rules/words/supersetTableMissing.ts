import { again, readLog } from '../steps';
import type { WordsRule } from '../types';

/** A dataset's table is not there yet: a data pipeline makes it. */
export const supersetTableMissing: WordsRule = {
  kind: 'words',
  id: 'superset-table-missing',
  jobs: ['superset-bootstrap'],
  report: ({ message }) => /\bTABLE_NOT_FOUND\b/.test(message),
  patterns: [
    {
      pattern:
        /\btable \[?['"]?([\w."-]{1,200}?)['"\]]{0,2} (?:does not exist|could not be found|not found)|\bTABLE_NOT_FOUND\b|NoSuchTableError/i,
      strength: 3,
    },
  ],
  explain: ({ job, caught }) => ({
    title: caught[1]
      ? `The table ${caught[1]} is not there yet`
      : 'A table of the dashboard is not there yet',
    cause:
      'A dataset of the dashboard needs a table that no pipeline has made yet; on a fresh instance its DAG has not run.',
    target: caught[1],
    steps: [
      readLog(job, 30),
      { text: 'Run the pipeline (DAG) that makes the table in Airflow.' },
    ],
    action: again(job, 'the table is there'),
  }),
  examples: {
    yes: [
      'Table [transactions] could not be found, please double check your database connection',
      "TrinoUserError: line 1:15: Table 'iceberg.banking.transactions' does not exist",
    ],
    no: ['table created'],
  },
};
