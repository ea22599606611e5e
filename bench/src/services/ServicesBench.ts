import type { AkkoInit } from './AkkoInit';
import type { Cleanup } from './Cleanup';
import type { Cluster } from './Cluster';
import type { Processes } from './Processes';
import type { Programs } from './programs';

/** What a scenario may use. */
export interface ServicesBench {
  cluster: Cluster;
  programs: Programs;
  /** For the work that is measured. */
  processes: Processes;
  /** For looking at what was made, and for removing it. */
  tidying: Processes;
  cleanup: Cleanup;
  akkoInit: AkkoInit;
  /** Removed at the end. */
  folder: string;
  /** Begins every name that is made, so that runs do not meet: lower-case letters and digits. */
  prefix: string;
  rounds: number;
}
