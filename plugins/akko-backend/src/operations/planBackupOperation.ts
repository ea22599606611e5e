import type {
  Backup,
  InstanceRef,
  OperationRequest,
} from '@akko/backstage-plugin-akko-common';
import type { V1CronJob, V1Job } from '@kubernetes/client-node';
import { drillOf } from '../backups/ledger/entryOfRecord';
import { anchorOf } from '../backups/backupView';
import { readSchedule } from '../backups/scheduleTimes';
import { age, exactTime } from '../backups/words';
import { AkkoError } from '../errors';
import { runStateOfJob } from '../runs/runStateOfJob';
import { buildCronJobRun, runNameOf } from './buildCronJobRun';
import { pausePatch, resumePatch } from './cronJobPatches';
import { unknownInstance, type Plan, type PlanSources } from './planOperation';

/** An operation on a backup with the CronJob that it is about. */
interface Subject {
  ref: InstanceRef;
  backup: Backup;
  /** Name of the backup or drill whose CronJob it is. */
  name: string;
  cronJob: V1CronJob;
  now: number;
}

/**
 * Plans a run of a backup or drill, or that a schedule is suspended or resumed.
 * @throws AkkoError `unknown-backup`, `already-running`, `nothing-to-do`, `not-runnable`
 */
export async function planBackupOperation(
  sources: PlanSources,
  ref: InstanceRef,
  request: OperationRequest,
): Promise<Plan> {
  const subject = await subjectOf(sources, ref, request);
  switch (request.action) {
    case 'suspend':
      return planSuspend(subject);
    case 'resume':
      return planResume(subject);
    default:
      return planRun(sources, subject);
  }
}

async function subjectOf(
  { clock, instances }: PlanSources,
  ref: InstanceRef,
  { action, backup: asked }: OperationRequest,
): Promise<Subject> {
  const instance = await instances.get(ref);
  if (!instance) {
    throw unknownInstance(ref);
  }
  const backup = instance.backups.find(({ name }) => name === asked);
  if (!backup) {
    const names = instance.backups.map(({ name }) => name).join(', ');
    throw new AkkoError(
      'unknown-backup',
      `There is no backup '${asked}' of this instance. It has: ${
        names || 'none'
      }.`,
    );
  }
  const name = action === 'drill' ? drillOf(backup.name) : backup.name;
  const cronJob = instances.cronJob(ref, name);
  if (!cronJob) {
    throw new AkkoError(
      'not-runnable',
      `'${name}' has no CronJob in namespace '${ref.namespace}': it is off in the chart. Enable it in the values (backup.….enabled) and run helm upgrade.`,
    );
  }
  return { ref, backup, name, cronJob, now: clock.now() };
}

function planRun(sources: PlanSources, subject: Subject): Plan {
  const { cronJob, name, ref } = subject;
  const policy = cronJob.spec?.concurrencyPolicy ?? 'Allow';
  const running = runningJobs(sources, subject);
  if (policy === 'Forbid' && running.length > 0) {
    throw alreadyRunning(name, running[0]);
  }
  return {
    warnings: [
      ...running.map(({ metadata }) =>
        policy === 'Replace'
          ? `The run ${metadata?.name}, which has not ended, is stopped and replaced (concurrencyPolicy Replace).`
          : `The run ${metadata?.name} has not ended; this one runs beside it (concurrencyPolicy Allow).`,
      ),
      ...nearness(subject, policy),
    ],
    notes: cronJob.spec?.suspend
      ? [
          `The schedule of ${name} is paused and stays so; this run is made all the same.`,
        ]
      : [],
    steps: [
      {
        name,
        wave: 0,
        after: [],
        source: 'cronjob',
        replaces: false,
        phase: 'guarding',
        jobName: operation => runNameOf(cronJob, operation),
        preview: marks => buildCronJobRun(cronJob, ref.namespace, marks),
      },
    ],
  };
}

/** Jobs of the CronJob that the mirror knows and that have not ended. */
function runningJobs(
  { fleet }: PlanSources,
  { cronJob, ref }: Subject,
): V1Job[] {
  const jobs = fleet.cluster(ref.cluster)?.mirror.list('jobs', ref.namespace);
  return (jobs ?? []).filter(job => isRunOf(job, cronJob) && !isOver(job));
}

/** Whether a Job belongs to a CronJob, and counts for its concurrency. */
export function isRunOf(job: V1Job, cronJob: V1CronJob): boolean {
  return (
    job.metadata?.ownerReferences?.some(
      ({ uid }) => uid === cronJob.metadata?.uid,
    ) ?? false
  );
}

/** Whether a Job has ended. */
export function isOver(job: V1Job): boolean {
  const { state } = runStateOfJob(job);
  return state === 'succeeded' || state === 'failed';
}

/** The refusal of a second run. */
export function alreadyRunning(name: string, { metadata }: V1Job): AkkoError {
  return new AkkoError(
    'already-running',
    `${name} is running already: Job ${metadata?.namespace}/${metadata?.name}. Its concurrencyPolicy is Forbid, so no second run is started. Wait for its end.`,
  );
}

/** Whether the schedule is about to do the same. */
function nearness({ backup, cronJob, now }: Subject, policy: string): string[] {
  const usual = backup.usualDurationSeconds;
  const next = cronJob.spec?.suspend ? undefined : nextDue(cronJob, now);
  if (next === undefined || usual === undefined || next - now > usual * 1000) {
    return [];
  }
  const consequence =
    {
      Forbid:
        'The scheduled run waits for this one to end, or is left out when its starting deadline is over before.',
      Replace: 'The scheduled run will stop this one and take its place.',
    }[policy] ?? 'Both will run side by side.';
  return [
    `The next scheduled run is in ${age(
      next - now,
    )}, and a run usually takes ${age(usual * 1000)}. ${consequence}`,
  ];
}

function readOf(cronJob: V1CronJob) {
  const read = readSchedule(
    cronJob.spec?.schedule ?? '',
    cronJob.spec?.timeZone,
  );
  return 'schedule' in read ? read.schedule : undefined;
}

function nextDue(cronJob: V1CronJob, now: number): number | undefined {
  return readOf(cronJob)?.next(new Date(now), anchorOf(cronJob))?.getTime();
}

function planSuspend({ backup, cronJob, name, now }: Subject): Plan {
  if (cronJob.spec?.suspend) {
    const by = backup.paused?.by ? ` by ${backup.paused.by}` : '';
    throw new AkkoError(
      'nothing-to-do',
      `The schedule of ${name} is paused already${by}.`,
    );
  }
  const next = nextDue(cronJob, now);
  const isRunning =
    backup.lastRun?.state === 'running' || backup.lastRun?.state === 'pending';
  return {
    warnings: [
      next === undefined
        ? 'From now on nothing runs on schedule until it is resumed.'
        : `From now on nothing runs on schedule until it is resumed; the next run would have been at ${exactTime(
            next,
          )}.`,
      ...(isRunning ? ['The run that is going on is not stopped.'] : []),
    ],
    notes: [
      'A helm upgrade leaves the pause as it is, unless the values set suspend.',
    ],
    steps: [patchStep(cronJob, name, pausePatch)],
  };
}

function planResume({ cronJob, name, now }: Subject): Plan {
  if (!cronJob.spec?.suspend) {
    throw new AkkoError(
      'nothing-to-do',
      `The schedule of ${name} is not paused.`,
    );
  }
  return {
    warnings: [],
    notes: forecastOf(cronJob, now),
    steps: [patchStep(cronJob, name, () => resumePatch())],
  };
}

/**
 * What the CronJob controller will do: it makes up the newest run that was missed, at once, unless the starting deadline for it is over. Without a
 * deadline it never is.
 */
export function forecastOf(cronJob: V1CronJob, now: number): string[] {
  const schedule = readOf(cronJob);
  const anchor = anchorOf(cronJob);
  if (!schedule) {
    return [
      'Kubernetes cannot read the schedule, so that nothing will run. Correct backup.….schedule in the values.',
    ];
  }
  const missed = schedule.previous(new Date(now), { anchor, since: anchor });
  const deadline = cronJob.spec?.startingDeadlineSeconds;
  const next = schedule.next(new Date(now), anchor);
  const upcoming = next
    ? [`The next run is at ${exactTime(next.getTime())}.`]
    : ['The schedule names no day that comes.'];
  if (!missed || (anchor && missed <= anchor)) {
    return upcoming;
  }
  const isTooLate =
    deadline !== undefined && now - missed.getTime() > deadline * 1000;
  return isTooLate
    ? [
        ...upcoming,
        `The run that was due at ${exactTime(
          missed.getTime(),
        )} is not made up for: its starting deadline of ${age(
          deadline * 1000,
        )} is over.`,
      ]
    : [
        `Kubernetes starts a run at once, for the one that was due at ${exactTime(
          missed.getTime(),
        )}.`,
        ...upcoming,
      ];
}

function patchStep(
  cronJob: V1CronJob,
  name: string,
  patch: Plan['steps'][number]['preview'],
): Plan['steps'][number] {
  return {
    name,
    wave: 0,
    after: [],
    source: 'cronjob',
    replaces: false,
    phase: 'patching',
    jobName: () => cronJob.metadata!.name!,
    preview: patch,
  };
}
