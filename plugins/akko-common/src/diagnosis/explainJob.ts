import {
  troubleOfCreation,
  troubleOfPod,
  type Trouble,
} from './model/troubles';
import type { JobFacts, PodFacts, Situation } from './model/types';
import { explainWords } from './explainWords';
import {
  backoffLimitExceeded,
  deadlineExceeded,
  evicted,
  exitCode,
  failedContainer,
  failedWithoutWords,
  initContainerFailed,
  outOfMemory,
  podFailurePolicy,
  shellCommandNotFound,
} from './rules/endings';
import { TROUBLE_RULES } from './rules/kubernetes';
import type { JobRule, Match, WordsRule } from './rules/types';
import type { Severity } from './types';

/** What is wrong with one Job. */
export interface Explained {
  rule: string;
  match: Match;
  severity: Severity;
}

/** A trouble of these kinds goes away by itself now and then: a node comes, a volume is made. */
const MAY_PASS: readonly Trouble['kind'][] = ['schedule', 'mount'];

function explainTrouble(
  trouble: Trouble,
  job: JobFacts,
  situation: Situation,
): { rule: string; match: Match } | undefined {
  for (const rule of TROUBLE_RULES) {
    const caught =
      rule.kinds.includes(trouble.kind) &&
      (rule.pattern.exec(trouble.message) ?? rule.pattern.exec(trouble.reason));
    if (caught) {
      const explanation = rule.explain(trouble, job, situation, caught);
      return {
        rule: rule.id,
        match: {
          ...explanation,
          evidence: [trouble.evidence],
          since: trouble.at,
        },
      };
    }
  }
  return undefined;
}

function hasFailed(pod: PodFacts): boolean {
  return (
    pod.phase === 'Failed' ||
    failedContainer(pod) !== undefined ||
    pod.report?.outcome === 'failed' ||
    pod.isGone
  );
}

function isRunningWell(pod: PodFacts | undefined): boolean {
  return (
    pod !== undefined &&
    pod.phase === 'Running' &&
    pod.containers.some(({ running }) => running)
  );
}

/** Rules about how it ended, by how much they tell. */
const CERTAIN_ENDINGS: readonly JobRule[] = [outOfMemory, evicted];
const VAGUE_ENDINGS: readonly JobRule[] = [
  shellCommandNotFound,
  initContainerFailed,
  exitCode,
  deadlineExceeded,
  podFailurePolicy,
  backoffLimitExceeded,
  failedWithoutWords,
];

function firstOf(
  rules: readonly JobRule[],
  job: JobFacts,
  situation: Situation,
): { rule: string; match: Match } | undefined {
  for (const rule of rules) {
    const match = rule.find(job, situation);
    if (match) {
      return { rule: rule.id, match };
    }
  }
  return undefined;
}

/** What is true now: the newest attempt that tells something, then how the Job ended. */
function rootOf(
  job: JobFacts,
  situation: Situation,
  rules: readonly WordsRule[],
  own: readonly JobRule[],
): { rule: string; match: Match } | undefined {
  const creation = troubleOfCreation(job);
  if (creation) {
    return explainTrouble(creation, job, situation);
  }
  const added = firstOf(own, job, situation);
  if (added) {
    return added;
  }
  const ending = firstOf(CERTAIN_ENDINGS, job, situation);
  if (ending) {
    return ending;
  }
  let weak: { rule: string; match: Match } | undefined;
  for (const pod of [...job.pods].reverse()) {
    const trouble = troubleOfPod(pod);
    const found = trouble && explainTrouble(trouble, job, situation);
    if (found) {
      return found;
    }
    // Of a Job that failed also what ended in the middle of its work: by the deadline, or with its Job.
    const words =
      hasFailed(pod) || job.state === 'failed'
        ? explainWords(job, pod, situation, rules)
        : undefined;
    if (words && words.strength >= 2) {
      return words;
    }
    weak ??= words;
  }
  const vague = firstOf(VAGUE_ENDINGS, job, situation);
  // A shell that found no program says so by its code; other words that tell little yield to nothing.
  return vague?.rule === 'command-not-found' ? vague : weak ?? vague;
}

/** Traces alone do not tell how it ended, so only its very last words count. */
const LAST_WORDS = 5;

function explainTraces(
  job: JobFacts,
  situation: Situation,
  rules: readonly WordsRule[],
): Explained | undefined {
  const pod = job.pods[job.pods.length - 1];
  if (!pod) {
    return undefined;
  }
  const trouble = troubleOfPod(pod);
  const blocked = trouble && explainTrouble(trouble, job, situation);
  if (blocked) {
    return { ...blocked, severity: 'warning' };
  }
  const words = explainWords(
    job,
    {
      ...pod,
      logs: pod.logs.map(log => ({
        ...log,
        lines: log.lines.slice(-LAST_WORDS),
      })),
    },
    situation,
    rules,
  );
  return words && words.strength >= 2
    ? {
        rule: words.rule,
        severity: 'error',
        match: {
          ...words.match,
          confidence:
            words.match.confidence === 'certain' ? 'likely' : 'possible',
        },
      }
    : undefined;
}

/**
 * The one thing that is wrong with a Job, or undefined: one that succeeded has nothing, whatever its attempts met before; one that is
 * running has nothing while its newest pod runs.
 */
export function explainJob(
  job: JobFacts,
  situation: Situation,
  rules: readonly WordsRule[],
  own: readonly JobRule[],
): Explained | undefined {
  switch (job.state) {
    case 'succeeded':
    case 'suspended':
      return undefined;
    case 'unknown':
      return explainTraces(job, situation, rules);
    case 'failed': {
      const root = rootOf(job, situation, rules, own);
      return root && { rule: root.rule, match: root.match, severity: 'error' };
    }
    default: {
      const newest = job.pods[job.pods.length - 1];
      if (isRunningWell(newest)) {
        return undefined;
      }
      const creation = troubleOfCreation(job);
      const trouble = creation ?? (newest && troubleOfPod(newest));
      const failedBefore = job.pods.some(
        pod => !pod.isGone && (pod.phase === 'Failed' || failedContainer(pod)),
      );
      if (!trouble && !failedBefore) {
        return undefined;
      }
      const root = rootOf(job, situation, rules, own);
      return (
        root && {
          rule: root.rule,
          match: root.match,
          severity:
            trouble && !MAY_PASS.includes(trouble.kind) ? 'error' : 'warning',
        }
      );
    }
  }
}
