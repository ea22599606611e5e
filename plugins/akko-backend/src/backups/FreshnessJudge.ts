import {
  BACKUP_CONCERNS,
  type BackupConcern,
  type BackupConcernType,
} from '@akko/backstage-plugin-akko-common';
import { intervalOf, scheduleOf, type FreshnessInput } from './freshnessInput';
import type { LedgerEntry } from './ledger/types';
import { age, exactTime, percent } from './words';

const MINUTE = 60_000;
/** Smaller ones grow and shrink by any little thing. */
const SMALLEST_COMPARED = 2 ** 20;

const PROVEN = {
  none: 'taken',
  checksum: 'verified by checksums',
  readable: 'read back',
  restored: 'restored by a drill',
};

const at = (time: string | undefined) =>
  time === undefined ? undefined : Date.parse(time);

/** When the data of a backup is of: it was read from then on. */
function dataOf(entry: LedgerEntry | undefined): number | undefined {
  return at(entry?.startedAt ?? entry?.createdAt);
}

function latest(...times: (number | undefined)[]): number | undefined {
  const known = times.filter(time => time !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** Collects concerns, and the moments at which the judgement changes by itself. */
export class FreshnessJudge {
  readonly lastGood?: number;
  validUntil = Number.POSITIVE_INFINITY;
  private readonly found: BackupConcern[] = [];

  constructor(
    private readonly input: FreshnessInput,
    private readonly grace: number,
  ) {
    this.lastGood = latest(
      at(input.facts.lastGood?.finishedAt),
      input.lastSuccessfulTime,
    );
    this.changesAt(this.previousDue(input.now), this.grace);
    this.changesAt(this.nextDue(input.now));
  }

  /** A run was due, and may still come. */
  get isDue(): boolean {
    const due = this.previousDue(this.input.now);
    return (
      due !== undefined &&
      this.wasAlive(due) &&
      (this.lastGood ?? 0) < due &&
      this.input.now - due < this.grace
    );
  }

  concerns(): BackupConcern[] {
    this.judgeSchedule();
    this.judgeRuns();
    this.judgeAge();
    this.judgePause();
    this.judgeDrill();
    this.judgeSize();
    this.judgeVerification();
    return this.found.sort(
      (a, b) =>
        BACKUP_CONCERNS.indexOf(a.type) - BACKUP_CONCERNS.indexOf(b.type),
    );
  }

  private add(
    type: BackupConcernType,
    message: string,
    since?: number | string,
  ): void {
    this.found.push({
      type,
      message,
      since: since === undefined ? undefined : new Date(since).toISOString(),
    });
  }

  private changesAt(moment: number | undefined, later = 0): void {
    if (moment !== undefined && moment + later > this.input.now) {
      this.validUntil = Math.min(this.validUntil, moment + later);
    }
  }

  private previousDue(moment: number): number | undefined {
    const { anchor } = this.input;
    return scheduleOf(this.input)
      ?.previous(new Date(moment), { anchor })
      ?.getTime();
  }

  private nextDue(moment: number): number | undefined {
    return scheduleOf(this.input)
      ?.next(new Date(moment), this.input.anchor)
      ?.getTime();
  }

  /** The CronJob was there at a due time. */
  private wasAlive(due: number): boolean {
    const { createdAt, facts } = this.input;
    const since = createdAt ?? at(facts.lastEnded?.createdAt);
    return since === undefined || since < due;
  }

  private judgeSchedule(): void {
    const { schedule, now } = this.input;
    if (schedule && 'problem' in schedule) {
      this.add('schedule-invalid', schedule.problem);
    } else if (schedule && this.nextDue(now) === undefined) {
      this.add(
        'schedule-invalid',
        'The schedule names a day that never comes, so that nothing will run.',
      );
    }
  }

  private judgeRuns(): void {
    const { facts, isKnown, now, paused, runningSince } = this.input;
    const { lastEnded, lastScheduled } = facts;
    const failed = lastEnded?.state === 'failed' ? lastEnded : undefined;
    if (failed) {
      const why = failed.message ?? failed.reason;
      this.add(
        'failing',
        `The last run failed${why ? `: ${why}` : '.'}`,
        failed.finishedAt,
      );
    }
    const due = this.previousDue(now - this.grace);
    const wasDue = due !== undefined && this.wasAlive(due) && !paused;
    const isCovered =
      !wasDue ||
      (this.lastScheduledGood ?? 0) >= due ||
      // It began for this time or later, and is not over.
      (runningSince !== undefined && runningSince >= due);
    const scheduledFailed =
      lastScheduled?.state === 'failed' &&
      (at(lastScheduled.finishedAt) ?? 0) < (this.lastGood ?? 0);
    if (!failed && this.lastGood !== undefined && !paused) {
      if (scheduledFailed) {
        this.add(
          'manual-only',
          `The last scheduled run failed; what there is was taken by hand ${age(
            now - this.lastGood,
          )} ago.`,
          lastScheduled.finishedAt,
        );
        return;
      }
      if (!isCovered && this.lastGood >= due!) {
        this.add(
          'manual-only',
          `The run due at ${exactTime(
            due!,
          )} has not come; what there is was taken by hand.`,
          due,
        );
        return;
      }
    }
    if (!isCovered && !(failed && (at(failed.createdAt) ?? 0) >= due!)) {
      this.add(
        'late',
        `The run due at ${exactTime(due!)} has not ${
          runningSince === undefined ? 'come' : 'ended'
        }, ${age(now - due!)} later.`,
        due,
      );
    } else if (
      this.lastGood === undefined &&
      isKnown &&
      !failed &&
      runningSince === undefined
    ) {
      const next = this.nextDue(now);
      this.add(
        'never',
        `No run has succeeded so far${
          next === undefined || paused
            ? '.'
            : `; the next one is due at ${exactTime(next)}.`
        }`,
      );
    }
  }

  /** Of the schedule's own successes. Kubernetes counts those by hand as well, so its word is taken only where the history has none. */
  private get lastScheduledGood(): number | undefined {
    const { facts, lastScheduleTime, lastSuccessfulTime } = this.input;
    const known = at(facts.lastScheduledGood?.finishedAt);
    const isUnseen =
      lastSuccessfulTime !== undefined &&
      lastScheduleTime !== undefined &&
      lastSuccessfulTime >= lastScheduleTime &&
      // Some second lies between a Job's end and what the history writes.
      lastSuccessfulTime > (at(facts.lastGood?.finishedAt) ?? 0) + MINUTE;
    return latest(known, isUnseen ? lastSuccessfulTime : undefined);
  }

  private judgeAge(): void {
    const { expectation, facts, now } = this.input;
    const { recoveryPoint } = expectation;
    const data = latest(dataOf(facts.lastGood), this.input.lastSuccessfulTime);
    if (recoveryPoint === undefined || data === undefined) {
      return;
    }
    this.changesAt(data, recoveryPoint);
    if (now - data >= recoveryPoint) {
      this.add(
        'over-target',
        `The last good backup is ${age(now - data)} old; it may be ${age(
          recoveryPoint,
        )}.`,
        data + recoveryPoint,
      );
    }
  }

  private judgePause(): void {
    const { expectation, now, paused } = this.input;
    const since = at(paused?.since);
    if (since === undefined) {
      return;
    }
    const interval = intervalOf(this.input);
    const allowed =
      expectation.pausedWithin ??
      (interval === undefined ? undefined : 2 * interval);
    if (allowed === undefined) {
      return;
    }
    this.changesAt(since, allowed);
    if (now - since >= allowed) {
      this.add(
        'paused-too-long',
        `It has been paused for ${paused!.isExact ? '' : 'at least '}${age(
          now - since,
        )}.`,
        since + allowed,
      );
    }
  }

  private judgeDrill(): void {
    const { lastDrill } = this.input.facts;
    if (lastDrill?.state === 'failed') {
      const why = lastDrill.message ?? lastDrill.reason;
      this.add(
        'drill-failed',
        `The last restore failed${why ? `: ${why}` : '.'}`,
        lastDrill.finishedAt,
      );
    }
  }

  private judgeSize(): void {
    const { expectation, facts } = this.input;
    const { bytes, finishedAt, ratio } = facts.lastGood ?? {};
    if (bytes === undefined || ratio === undefined) {
      return;
    }
    if (Math.max(bytes, bytes / ratio) < SMALLEST_COMPARED) {
      return;
    }
    if (ratio < expectation.shrunkBelow) {
      this.add(
        'shrunk',
        `The last backup has ${percent(ratio)} of the size of the one before.`,
        finishedAt,
      );
    } else if (ratio > expectation.grownAbove) {
      this.add(
        'grown',
        `The last backup has ${percent(ratio)} of the size of the one before.`,
        finishedAt,
      );
    }
  }

  private judgeVerification(): void {
    const { createdAt, expectation, facts, now } = this.input;
    const { verifiedLevel, verifiedWithin } = expectation;
    if (this.lastGood === undefined) {
      return;
    }
    const verified = at(facts.verified[verifiedLevel]?.finishedAt);
    // What was never verified is so since it was there to be.
    const since = verified ?? createdAt ?? dataOf(facts.lastGood);
    this.changesAt(since, verifiedWithin);
    if (since === undefined || now - since < verifiedWithin) {
      return;
    }
    this.add(
      'unverified',
      verified === undefined
        ? `No backup was ${PROVEN[verifiedLevel]} so far.`
        : `The last backup that was ${PROVEN[verifiedLevel]} is ${age(
            now - verified,
          )} old; it may be ${age(verifiedWithin)}.`,
      since + verifiedWithin,
    );
  }
}
