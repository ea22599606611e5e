import type {
  BackupConcern,
  BackupFreshness,
} from '@akko/backstage-plugin-akko-common';
import { FreshnessJudge } from './FreshnessJudge';
import { intervalOf, scheduleOf, type FreshnessInput } from './freshnessInput';

const MINUTE = 60_000;
const SHORTEST_GRACE = 15 * MINUTE;
const LONGEST_GRACE = 60 * MINUTE;

/** How well a backup protects, and until when that holds if nothing happens. */
export interface Freshness {
  freshness: BackupFreshness;
  /** Worst first. */
  concerns: BackupConcern[];
  graceMilliseconds: number;
  validUntil: number;
}

/** How long after a due time a run may still be on its way. */
export function graceOf(input: FreshnessInput): number {
  if (input.expectation.grace !== undefined) {
    return input.expectation.grace;
  }
  const interval = intervalOf(input) ?? 0;
  const start = Math.min(LONGEST_GRACE, Math.max(SHORTEST_GRACE, interval / 4));
  return start + (input.usualDurationSeconds ?? 0) * 1000;
}

/**
 * Judges a backup against its schedule and against what is expected of it. A success by hand does not hide that the schedule does not work; the state
 * of a run that is going on does not hide what is wrong.
 */
export function judgeFreshness(input: FreshnessInput): Freshness {
  const graceMilliseconds = graceOf(input);
  const judge = new FreshnessJudge(input, graceMilliseconds);
  const concerns = input.enabled ? judge.concerns() : [];
  return {
    freshness: stateOf(input, concerns, judge),
    concerns,
    graceMilliseconds,
    validUntil: judge.validUntil,
  };
}

function stateOf(
  input: FreshnessInput,
  concerns: readonly BackupConcern[],
  judge: FreshnessJudge,
): BackupFreshness {
  if (!input.enabled) {
    return 'disabled';
  }
  const [worst] = concerns;
  if (worst) {
    return worst.type;
  }
  if (input.runningSince !== undefined) {
    return 'running';
  }
  if (input.paused) {
    return 'paused';
  }
  if (judge.lastGood === undefined || !scheduleOf(input)) {
    return judge.lastGood === undefined || !input.isKnown ? 'unknown' : 'fresh';
  }
  return judge.isDue ? 'due' : 'fresh';
}
