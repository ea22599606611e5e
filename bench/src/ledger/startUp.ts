import type { DatabaseService } from '@backstage/backend-plugin-api';
// The bench measures these alone; the plugin does not export them.
/* eslint-disable @backstage/no-forbidden-package-imports */
import { LedgerFactsIndex } from '@akko/backstage-plugin-akko-backend/src/backups';
import { completeLedger } from '@akko/backstage-plugin-akko-backend/src/backups/ledger/completeLedger';
/* eslint-enable @backstage/no-forbidden-package-imports */
import { quietLogger } from '../memory/quietLogger';
import type { Measurement } from '../scenarios/types';
import { milliseconds } from '../statistics';
import type { Services } from './services';

const ROUNDS = 3;

/** What the plugin reads of the history and its ledger before it answers. */
export async function startUp(
  database: DatabaseService,
  { runs, store }: Services,
  of: string,
): Promise<Measurement[]> {
  const client = await database.getClient();
  const parts: [string, () => Promise<unknown>][] = [
    ['looking for runs without an entry', () => completeLedger(client)],
    ['facts of all jobs (DatabaseRunStore.facts)', () => runs.facts()],
    [
      'facts of all backups (LedgerFactsIndex.start)',
      () =>
        new LedgerFactsIndex({
          store,
          recorder: { onRunChanged: () => () => {} },
          logger: quietLogger,
        }).start(),
    ],
  ];
  const measured: Measurement[] = [];
  for (const [subject, work] of parts) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      await work();
      times.push(performance.now() - start);
    }
    measured.push({
      what: `starting with a ledger ${of}`,
      subject,
      value: times.map(milliseconds).join(', '),
    });
  }
  return measured;
}
