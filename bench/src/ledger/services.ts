import type { DatabaseService } from '@backstage/backend-plugin-api';
// The bench measures these alone; the plugin does not export them.
/* eslint-disable @backstage/no-forbidden-package-imports */
import {
  DatabaseLedgerStore,
  LedgerService,
  ScheduleHistory,
} from '@akko/backstage-plugin-akko-backend/src/backups';
import { DatabaseFindingStore } from '@akko/backstage-plugin-akko-backend/src/diagnosis/DatabaseFindingStore';
import { DatabaseRunStore } from '@akko/backstage-plugin-akko-backend/src/runs/DatabaseRunStore';
/* eslint-enable @backstage/no-forbidden-package-imports */
import { quietLogger } from '../memory/quietLogger';
import { NOW } from './fleet';

/** The plugin's parts that answer, on a database that is up to date. */
export interface Services {
  runs: DatabaseRunStore;
  store: DatabaseLedgerStore;
  ledger: LedgerService;
}

/** Applies the migrations, and opens the history and its ledger. */
export async function openServices(
  database: DatabaseService,
): Promise<Services> {
  const runs = await DatabaseRunStore.create({ database });
  const store = await DatabaseLedgerStore.create({ database });
  const schedules = await ScheduleHistory.create({
    database,
    // Never started: what the schedules were is filled in.
    fleet: { clusters: () => [], cluster: () => undefined } as any,
    logger: quietLogger,
  });
  const findings = await DatabaseFindingStore.create({ database });
  return {
    runs,
    store,
    ledger: new LedgerService({ store, schedules, findings, now: () => NOW }),
  };
}
