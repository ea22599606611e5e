import type { BackupPause } from '@akko/backstage-plugin-akko-common';
import type { BackupExpectation } from './expectations';
import type { LedgerFacts } from './ledger/types';
import type { Schedule } from './schedule';
import type { ReadSchedule } from './scheduleTimes';

/** Everything that freshness is judged by. Times are milliseconds since 1970. */
export interface FreshnessInput {
  /** On in the chart, or its CronJob is there. */
  enabled: boolean;
  /** The cluster was listed, or the history knows something. */
  isKnown: boolean;
  /** Undefined where neither chart nor CronJob has one. */
  schedule?: ReadSchedule;
  /** From when `@every` counts. */
  anchor?: Date;
  /** When the CronJob was made: what was due before is not missing. */
  createdAt?: number;
  /** A run of it is going on, begun then. */
  runningSince?: number;
  paused?: BackupPause;
  /** Kubernetes' own memory of the last success, whoever began it. */
  lastSuccessfulTime?: number;
  /** Kubernetes' own memory of the last time that the schedule began a run. */
  lastScheduleTime?: number;
  usualDurationSeconds?: number;
  facts: LedgerFacts;
  expectation: BackupExpectation;
  now: number;
}

/** The schedule, where Kubernetes can read it. */
export function scheduleOf({ schedule }: FreshnessInput): Schedule | undefined {
  return schedule && 'schedule' in schedule ? schedule.schedule : undefined;
}

/** Milliseconds between two due times, about now. */
export function intervalOf(input: FreshnessInput): number | undefined {
  const seconds = scheduleOf(input)?.intervalSeconds(
    new Date(input.now),
    input.anchor,
  );
  return seconds === undefined ? undefined : seconds * 1000;
}
