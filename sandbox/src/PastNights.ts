import {
  ANNOTATION_PAUSED_AT,
  ANNOTATION_PAUSED_BY,
  ANNOTATION_PAUSED_REASON,
} from '@akko/backstage-plugin-akko-common';
import { CronExpressionParser } from 'cron-parser';
import {
  backup,
  backupId,
  scriptBackup,
  type TakenBackup,
} from './backupPerformances';
import { secondsFor, sizeAt } from './backupSizes';
import type { BackupStory } from './backupStories';
import { cronJobManifest, schedules, zone } from './cronJobManifests';
import { jobByHand, scheduledJob, withUid } from './cronJobRuns';
import type { InstancePlan } from './fleet';
import { time, type PastRun } from './history';
import { planOf } from './jobs';
import type { Manifest } from './manifests';
import { gaveUp } from './pastRuns';

const second = 1000;
const hour = 60 * 60 * second;
const day = 24 * hour;
const usualNights = 21;
/** Of pods of a backup: the chart lets it try once more. */
const attempts = 2;

/** A backup that has been taken, and when it was done. */
export interface PastTaken extends TakenBackup {
  finishedAt: number;
}

/** Newest first; the newest is over long enough for its run to have ended. */
function dueTimes(schedule: string, nights: number, now: number): number[] {
  const times = CronExpressionParser.parse(schedule, {
    currentDate: new Date(now - 600 * second),
    tz: zone,
  });
  return Array.from({ length: nights }, () => times.prev().getTime());
}

/** Goes through the nights of a backup, oldest first. */
export class PastNights {
  readonly runs: PastRun[] = [];
  /** Oldest first. */
  readonly taken: PastTaken[] = [];
  /** Due times, newest first; those in which it was paused are there as well. */
  readonly due: number[];
  private readonly own: Manifest;

  constructor(
    private readonly instance: InstancePlan,
    private readonly name: string,
    private readonly story: BackupStory,
    private readonly now: number,
  ) {
    this.due = dueTimes(schedules[name], story.nights ?? usualNights, now);
    this.own = withUid(cronJobManifest(instance, name), now, this.createdAt);
    for (let night = this.due.length - 1; night >= this.paused; night--) {
      this.tell(night);
    }
  }

  get createdAt(): number {
    return this.due[this.due.length - 1] - day;
  }

  cronJob(): Manifest {
    const { metadata } = this.own;
    const lastGood = this.taken[this.taken.length - 1];
    return {
      ...this.own,
      metadata: {
        ...metadata,
        annotations: { ...metadata.annotations, ...this.pause() },
      },
      status: {
        lastScheduleTime: time(this.due[this.paused]),
        ...(lastGood && { lastSuccessfulTime: time(lastGood.finishedAt) }),
      },
    };
  }

  private get paused(): number {
    return this.story.paused?.nights ?? 0;
  }

  private tell(night: number): void {
    const at = this.due[night];
    const failed = this.story.failures?.find(
      ({ from, to }) => from <= night && night <= to,
    );
    const manifest = scheduledJob(this.own, at);
    if (failed) {
      const outcome = gaveUp(this.name, failed.failure, attempts);
      this.end(manifest, at, outcome);
    } else {
      this.succeed(
        manifest,
        at,
        night === 0 ? this.story.lastRatio : undefined,
      );
    }
    const { byHand } = this.story;
    if (byHand?.night === night) {
      // Some hours later, unless that is not over yet.
      const { seconds } = sizeAt(this.instance, this.name, at, this.now);
      const start = Math.min(at + 3 * hour, this.now - (seconds + 60) * second);
      this.succeed(jobByHand(this.own, byHand.name), start);
    }
  }

  private succeed(manifest: Manifest, at: number, ratio?: number): void {
    const usual = sizeAt(this.instance, this.name, at, this.now);
    const before = this.taken[this.taken.length - 1];
    const { bytes, seconds } =
      ratio && before
        ? {
            bytes: Math.round(before.bytes * ratio),
            seconds: secondsFor(this.name, before.bytes * ratio),
          }
        : usual;
    const plan = planOf(this.name);
    const { cluster, namespace } = this.instance;
    const id = backupId(at + 4 * second, cluster, namespace, this.name);
    const performance = this.story.isScript
      ? scriptBackup(at, bytes, seconds)
      : backup(plan, { id, bytes }, { there: this.taken.length, seconds });
    this.end(manifest, at, { attempts: [performance] });
    const { finishedAt } = this.runs[this.runs.length - 1];
    this.taken.push({ id, bytes, finishedAt });
  }

  private end(
    manifest: Manifest,
    at: number,
    outcome: Pick<PastRun, 'attempts' | 'failedBecause'>,
  ): void {
    // Pods of the same Job follow each other after a pause.
    const seconds = outcome.attempts.reduce(
      (sum, each) => sum + each.seconds,
      0,
    );
    const pauses = (outcome.attempts.length - 1) * 12;
    const finishedAt = at + (seconds + pauses + 3) * second;
    this.runs.push({ manifest, finishedAt, ...outcome });
  }

  private pause(): Record<string, string> {
    const { by, reason } = this.story.paused ?? {};
    return by
      ? {
          [ANNOTATION_PAUSED_BY]: by,
          // In the afternoon before the first night without a run.
          [ANNOTATION_PAUSED_AT]: new Date(
            this.due[this.paused - 1] - 9 * hour,
          ).toISOString(),
          ...(reason && { [ANNOTATION_PAUSED_REASON]: reason }),
        }
      : {};
  }
}
