import type { JobFacts, Situation } from '../../model/types';
import type { Trouble, TroubleKind } from '../../model/troubles';
import type { Explanation } from '../types';

/** A rule about what keeps a pod of a Job from running. */
export interface TroubleRule {
  id: string;
  kinds: readonly TroubleKind[];
  /** Linear in the length of the message. */
  pattern: RegExp;
  explain(
    trouble: Trouble,
    job: JobFacts,
    situation: Situation,
    caught: readonly (string | undefined)[],
  ): Explanation;
  /** Words of Kubernetes that it knows, and that look alike and are another's. */
  examples: { yes: readonly string[]; no?: readonly string[] };
}
