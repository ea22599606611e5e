import type { Child } from '../child';

/** What a scenario may use. */
export interface Bench {
  /** The process with the cluster. */
  world: Child;
  /** Base URL of the portal's backend. */
  portalUrl: string;
  /** Kubeconfig of the cluster, context `bench`. */
  kubeconfig: string;
  /** Number of instances on the cluster. */
  instances: number;
}

/** One line of the result table. */
export interface Measurement {
  what: string;
  subject: string;
  value: string;
}
