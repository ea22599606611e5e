import type { CaseContext } from './CaseContext';

/** What was broken, roughly: results are told by it. */
export type Family = 'kubernetes' | 'service' | 'schedule' | 'helm' | 'healthy';

/** What a capture may be without, because it is often gone when somebody looks. */
export type Part = 'pods' | 'events' | 'logs' | 'helm';

/** A situation that is made on a real cluster, and what a diagnosis of it should say. */
export interface CaptureCase {
  /** Name of its folder: tells the situation, not the rule. */
  name: string;
  title: string;
  /** What was broken, and how. */
  broken: string;
  family: Family;
  /** The root cause: the rule that finds it, and the component or Job that it is about; no rule where nothing is wrong. */
  expected: { rule: string | null; job: string };
  /** Other rules that are right too. */
  acceptable?: string[];
  /** `akko-init`: this repository's chart and program. `older`: plain Jobs of upstream tools, without reports. */
  chart: 'akko-init' | 'older';
  /** What is left out of the capture on purpose. */
  leftOut?: Part[];
  /** Labels of the namespace, as those of Pod Security. */
  namespaceLabels?: Record<string, string>;
  /** Makes the situation, and returns when it is there to be captured. */
  run(context: CaseContext): Promise<void>;
}

/** A Kubernetes object as it is sent or answered. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; [field: string]: any };
  [field: string]: any;
}
