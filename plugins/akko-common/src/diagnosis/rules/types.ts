import type { Report } from '../../types';
import type {
  Confidence,
  FindingAction,
  FindingEvidence,
  FindingObject,
  FindingStep,
  Severity,
} from '../types';
import type {
  CronJobFacts,
  JobFacts,
  PodFacts,
  Situation,
} from '../model/types';

/** The error of a report (architecture: the report). @public */
export type ReportError = NonNullable<Report['error']>;

/** What a rule says of a problem that it knows. @public */
export interface Explanation {
  title: string;
  /** In one sentence. */
  cause: string;
  steps: FindingStep[];
  /** What several jobs or instances may have in common, as `akko-postgresql:5432`. */
  target?: string;
  severity?: Severity;
  confidence?: Confidence;
  object?: FindingObject;
  action?: FindingAction;
  link?: string;
}

/** A rule that has found its problem. @public */
export interface Match extends Explanation {
  evidence: FindingEvidence[];
  /** When it began; milliseconds since 1970. */
  since?: number;
}

/** What a rule about words may look at. @public */
export interface Words {
  job: JobFacts;
  pod?: PodFacts;
  situation: Situation;
  /** The line, or the sentence of the report. */
  line: string;
  /** What the pattern caught; empty where the report's code decided. */
  caught: readonly (string | undefined)[];
  /** The error of the report that the line is from. */
  error?: ReportError;
  /** All that the attempt said, oldest first; for words that stand beside. */
  nearby: readonly string[];
}

/**
 * How much a line tells: 3 names one cause, 2 names a kind of failure, 1 is only a failure.
 * @public
 */
export type Strength = 1 | 2 | 3;

/** A rule about the words of a job: its report, its log, its termination message. @public */
export interface WordsRule {
  kind: 'words';
  id: string;
  /** Linear in the length of a line: no repeated groups that can match in two ways. */
  patterns: readonly { pattern: RegExp; strength: Strength }[];
  /** Whether this error of a report is this problem; asked before the patterns. */
  report?: (error: ReportError, job: JobFacts) => boolean;
  /** Only for these jobs. */
  jobs?: readonly string[];
  /** Asked of a line that a pattern fits: whether what else is known fits too. */
  when?: (words: Omit<Words, 'caught'>) => boolean;
  explain(words: Words): Explanation;
  /** Lines that it knows, and lines that look alike and are none. */
  examples: { yes: readonly string[]; no?: readonly string[] };
}

/** A rule about what Kubernetes says of a Job that is not well. @public */
export interface JobRule {
  kind: 'job';
  id: string;
  find(job: JobFacts, situation: Situation): Match | undefined;
}

/** A rule about a CronJob. @public */
export interface CronJobRule {
  kind: 'cronJob';
  id: string;
  find(cronJob: CronJobFacts, situation: Situation): Match | undefined;
}

/** A diagnosis rule. @public */
export type Rule = WordsRule | JobRule | CronJobRule;
