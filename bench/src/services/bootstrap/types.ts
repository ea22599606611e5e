import type { ServicesBench } from '../ServicesBench';

/** A job's work under names of its own, ready to be done by either side. */
export interface Work {
  /** For akko-init. */
  ours: { config: object; env: Record<string, string> };
  /** Environment of the script with the usual program. */
  peer: Record<string, string>;
  /** Everything that was made, as text; both sides must have made the same. */
  observe(): Promise<string>;
}

/** One job of a bootstrap. */
export interface BootstrapJob {
  /** As akko-init's command. */
  name: string;
  /** What there is to be done. */
  what: string;
  /** The usual program. */
  peer: string;
  /** Path of the script that uses it. */
  script: string;
  /** @param names - begins every name that is made: lower-case letters and digits */
  prepare(bench: ServicesBench, names: string): Promise<Work>;
}
