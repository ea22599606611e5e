import { isoOf } from './model/loose';
import type { LogLine } from './model/logLines';
import { tidy } from './model/logLines';
import type { JobFacts, PodFacts, Situation } from './model/types';
import type { FindingEvidence } from './types';
import type {
  Match,
  ReportError,
  Strength,
  Words,
  WordsRule,
} from './rules/types';
import { REPORT_RULES } from './rules';

/** Words of a line that is no failure, or only advice. */
const NOISE =
  /\b(?:no|0|without) (?:errors?|failures?)\b|\berrors?[=:]\s*0\b|\bNOTICE:|,? skipping\b|\bignor(?:ed|ing)\b|already (?:exists?,|own)|\bnext step:/i;

/** A line that names the cause stands within so many lines of the one that only names the kind. */
const NEIGHBOURS = 12;
/** Lines beside, in which an address may stand. */
const NEARBY = 8;
/** More lines than this are not read, from the end. */
const MOST_LINES = 2000;

/** A rule with what it said, and how much its words tell. */
export interface FoundWords {
  rule: string;
  strength: Strength;
  match: Match;
}

interface Hit {
  rule: WordsRule;
  strength: Strength;
  caught: readonly (string | undefined)[];
}

function isFor(rule: WordsRule, job: JobFacts): boolean {
  return !rule.jobs || rule.jobs.includes(job.name);
}

/** What the rules make of one line: the strongest, then the first. */
function hitOf(
  words: Omit<Words, 'caught'>,
  rules: readonly WordsRule[],
): Hit | undefined {
  const { job, line } = words;
  let best: Hit | undefined;
  for (const rule of rules) {
    if (isFor(rule, job)) {
      for (const { pattern, strength } of rule.patterns) {
        if (strength > (best?.strength ?? 0)) {
          const found = pattern.exec(line);
          if (found && (rule.when?.(words) ?? true)) {
            best = { rule, strength, caught: found };
          }
        }
      }
    }
  }
  return best;
}

function endOf(pod: PodFacts | undefined): number | undefined {
  const ends = (pod?.containers ?? [])
    .map(({ terminated, lastTerminated }) => (terminated ?? lastTerminated)?.at)
    .filter((at): at is number => at !== undefined);
  return ends.length > 0 ? Math.max(...ends) : undefined;
}

function matchOf(
  hit: Hit,
  words: Omit<Words, 'caught'>,
  evidence: FindingEvidence,
): FoundWords {
  const explanation = hit.rule.explain({ ...words, caught: hit.caught });
  return {
    rule: hit.rule.id,
    strength: hit.strength,
    match: {
      confidence: hit.strength === 3 ? 'likely' : 'possible',
      ...explanation,
      evidence: [evidence],
      since: endOf(words.pod),
    },
  };
}

function ofReport(
  job: JobFacts,
  pod: PodFacts,
  situation: Situation,
  rules: readonly WordsRule[],
): FoundWords | undefined {
  const error = pod.report?.error;
  if (!error || typeof error.message !== 'string') {
    return undefined;
  }
  const safe: ReportError = {
    code: tidy(String(error.code ?? ''), 60),
    service: error.service ? tidy(String(error.service), 60) : undefined,
    message: tidy(error.message),
    nextStep: error.nextStep ? tidy(String(error.nextStep)) : undefined,
  };
  const byCode = rules.find(
    rule => isFor(rule, job) && rule.report?.(safe, job),
  );
  const nearby = [safe.message];
  const words = {
    job,
    pod,
    situation,
    line: safe.message,
    error: safe,
    nearby,
  };
  const byWords = byCode ? undefined : hitOf(words, rules);
  let hit: Hit | undefined;
  if (byCode) {
    hit = { rule: byCode, strength: 3, caught: [] };
  } else if (byWords && byWords.strength >= 2) {
    hit = byWords;
  }
  const evidence: FindingEvidence = {
    kind: 'report',
    source: `Pod/${pod.ref.name || job.ref.name}`,
    text: `${safe.code}: ${safe.message}`,
    at: isoOf(endOf(pod)),
  };
  if (hit) {
    const found = matchOf(hit, words, evidence);
    // The program itself said so.
    return {
      ...found,
      strength: 3,
      match: {
        ...found.match,
        confidence:
          found.match.confidence === 'possible'
            ? 'likely'
            : found.match.confidence,
      },
    };
  }
  // Its deadline, or a surprise: the log may tell more.
  const other =
    safe.code === 'timeout' || safe.code === 'internal'
      ? ofLog(job, pod, situation, rules)
      : undefined;
  const generic = REPORT_RULES.find(rule => rule.report?.(safe, job))!;
  return other && other.strength >= 2
    ? {
        ...other,
        match: {
          ...other.match,
          evidence: [...other.match.evidence, evidence],
        },
      }
    : matchOf({ rule: generic, strength: 2, caught: [] }, words, evidence);
}

function nearbyOf(lines: readonly string[], index: number): string[] {
  return lines.slice(Math.max(0, index - NEARBY), index + NEARBY);
}

interface LineHit extends Hit {
  index: number;
}

/**
 * Which line decides: the last that names a kind of failure, unless one just before it names the cause; the last that only says that
 * something failed, where there is no other. The last rather than the first, because init jobs try again, and what ended them came last.
 */
function decidingLine(
  lines: readonly string[],
  about: Pick<Words, 'job' | 'pod' | 'situation'>,
  rules: readonly WordsRule[],
): LineHit | undefined {
  let best: LineHit | undefined;
  for (let index = lines.length - 1; index >= 0; index--) {
    if (best && best.strength >= 2 && best.index - index > NEIGHBOURS) {
      break;
    }
    if (!NOISE.test(lines[index])) {
      const hit = hitOf(
        { ...about, line: lines[index], nearby: nearbyOf(lines, index) },
        rules,
      );
      if (hit && hit.strength > (best?.strength ?? 0)) {
        best = { ...hit, index };
        if (hit.strength === 3) {
          break;
        }
      }
    }
  }
  return best;
}

function ofLog(
  job: JobFacts,
  pod: PodFacts,
  situation: Situation,
  rules: readonly WordsRule[],
): FoundWords | undefined {
  const all: LogLine[] = pod.logs.flatMap(log => log.lines);
  const lines = all.slice(-MOST_LINES);
  const texts = lines.map(({ text }) => text);
  const hit = decidingLine(texts, { job, pod, situation }, rules);
  if (!hit) {
    return undefined;
  }
  const { text, number } = lines[hit.index];
  return matchOf(
    hit,
    {
      job,
      pod,
      situation,
      line: text,
      nearby: nearbyOf(texts, hit.index),
    },
    { kind: 'log', source: `Pod/${pod.ref.name}`, text, line: number },
  );
}

/** Without a log, what a container left behind: the end of its log, with `FallbackToLogsOnError`. */
function ofTerminationMessage(
  job: JobFacts,
  pod: PodFacts,
  situation: Situation,
  rules: readonly WordsRule[],
): FoundWords | undefined {
  for (const { terminated, lastTerminated } of pod.containers) {
    const end = terminated ?? lastTerminated;
    if (end?.message && end.exitCode !== 0) {
      const lines = end.message
        .split('\n')
        .map(line => tidy(line))
        .filter(Boolean);
      const hit = decidingLine(lines, { job, pod, situation }, rules);
      if (hit) {
        return matchOf(
          hit,
          { job, pod, situation, line: lines[hit.index], nearby: lines },
          {
            kind: 'status',
            source: `Pod/${pod.ref.name}`,
            text: lines[hit.index],
            at: isoOf(end.at),
          },
        );
      }
    }
  }
  return undefined;
}

/** What the words of one attempt mean: its report first, for it was written to be read; then its log. */
export function explainWords(
  job: JobFacts,
  pod: PodFacts,
  situation: Situation,
  rules: readonly WordsRule[],
): FoundWords | undefined {
  return (
    ofReport(job, pod, situation, rules) ??
    ofLog(job, pod, situation, rules) ??
    ofTerminationMessage(job, pod, situation, rules)
  );
}
