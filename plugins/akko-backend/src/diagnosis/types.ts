import type { Finding, InstanceRef } from '@akko/backstage-plugin-akko-common';

/** A finding as the history keeps it. */
export interface StoredFinding {
  instance: InstanceRef;
  /** Of the problem: the same whenever it comes again. */
  key: string;
  finding: Finding;
}

/** What became of a finding. `told` is true for the one replica that wrote it. */
export interface FindingChange {
  type: 'opened' | 'changed' | 'resolved';
  /** Of what changed: more is known now, and another rule explains it. */
  explainedAnew?: boolean;
  instance: InstanceRef;
  finding: Finding;
  told: boolean;
}

/** A problem that was just diagnosed. */
export type FoundProblem = Omit<
  Finding,
  'id' | 'openedAt' | 'seenAt' | 'resolvedAt'
> & {
  key: string;
  /** When it began, as far as the evidence tells. */
  since?: string;
};

/** Findings in the database. */
export interface FindingStore {
  /** All that are open. @param instances - only theirs */
  open(instances?: readonly InstanceRef[]): Promise<StoredFinding[]>;
  openOf(instance: InstanceRef): Promise<StoredFinding[]>;
  /** Of one run, also those that are resolved; oldest first. */
  ofRun(run: string): Promise<Finding[]>;
  /** The same of several runs. */
  ofRuns(runs: readonly string[]): Promise<Map<string, Finding[]>>;
  /**
   * Opens what is new and brings what is open up to date.
   * @returns the finding, and whether this call opened or changed it
   */
  save(
    instance: InstanceRef,
    problem: FoundProblem,
  ): Promise<{ finding: Finding; outcome: 'opened' | 'changed' | 'same' }>;
  /** @returns the finding with its end, or undefined when somebody else was quicker */
  resolve(id: string): Promise<Finding | undefined>;
  /** Deletes what was resolved before. @returns how many */
  prune(before: Date): Promise<number>;
}
