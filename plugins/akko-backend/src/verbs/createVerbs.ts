import type { LedgerService } from '../backups/LedgerService';
import type { Clock } from '../clusters/clock';
import type { Fleet } from '../clusters/types';
import type { FindingStore } from '../diagnosis';
import type { InstanceService } from '../instances/types';
import type { OperationService } from '../operations/types';
import type { RunStore } from '../runs/types';
import { BackupVerbs } from './BackupVerbs';
import { Entrance, type EntranceOptions } from './Entrance';
import { InstanceVerbs } from './InstanceVerbs';
import { OperationVerbs } from './OperationVerbs';
import { RunLogs } from './RunLogs';
import { RunVerbs } from './RunVerbs';

/** The services behind the verbs. */
export interface VerbsOptions extends EntranceOptions {
  fleet: Fleet;
  instances: InstanceService;
  runs: RunStore;
  findings: Pick<FindingStore, 'open' | 'ofRun'>;
  ledger: LedgerService;
  operations: OperationService;
  clock: Clock;
}

/** Everything that the plugin can be asked for. Each of them permits, audits and acts; HTTP and registered actions only translate. */
export interface Verbs {
  instances: InstanceVerbs;
  backups: BackupVerbs;
  runs: RunVerbs;
  operations: OperationVerbs;
}

/** Puts the verbs together. */
export function createVerbs(options: VerbsOptions): Verbs {
  const entrance = new Entrance(options);
  const instances = new InstanceVerbs({ ...options, entrance });
  const shared = { ...options, entrance, instanceVerbs: instances };
  return {
    instances,
    backups: new BackupVerbs(shared),
    runs: new RunVerbs({ ...options, entrance, logs: new RunLogs(options) }),
    operations: new OperationVerbs(shared),
  };
}
