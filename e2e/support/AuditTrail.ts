import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { stateFolder } from './portal';

/** How somebody's request to change something ended. */
export interface AuditedChange {
  instance: string;
  action: string;
  principal: string;
  via: string;
  status: 'succeeded' | 'failed';
}

const log = join(stateFolder, 'backend.log');

/** Audit events of requested changes, from the log of the portal under test; dry runs, by which dialogs tell what will happen, are left out. */
export class AuditTrail {
  private readonly from = statSync(log).size;

  /** Those since this trail was made. */
  changes(): AuditedChange[] {
    return stripVTControlCharacters(
      readFileSync(log).subarray(this.from).toString(),
    )
      .split('\n')
      .flatMap(line => {
        const [, meta, status] =
          /eventId="operation-request".* meta=(\{.*\}) .*status="(succeeded|failed)"/.exec(
            line,
          ) ?? [];
        if (!meta) {
          return [];
        }
        const { action, dryRun, instance, principal, via } = JSON.parse(meta);
        return dryRun
          ? []
          : [{ instance, action, principal, via, status } as AuditedChange];
      });
  }
}
