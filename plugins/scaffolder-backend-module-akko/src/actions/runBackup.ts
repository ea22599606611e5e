import { millisecondsOf, type DurationInput } from '../input/durations';
import { beginBackup, namesOfBackups } from '../operations/beginBackup';
import type { PlannedJob } from '../operations/describePlan';
import { failureOf } from '../operations/failure';
import {
  followOperation,
  type EndedOperation,
} from '../operations/followOperation';
import {
  describeBackup,
  takenBackup,
  type TakenBackup,
} from '../operations/takenBackup';
import type { AkkoStep, Phase } from '../task/AkkoStep';
import type { Attempts } from '../task/Attempts';
import { counted, duration } from '../words';
import { planBackups } from './planBackups';

/** Inputs of `akko:backup`, beside which instance it is about. */
export interface BackupInput {
  backup?: string;
  ifRunning?: 'fail' | 'wait';
  wait?: boolean;
  timeout?: DurationInput;
}

/** Outputs of `akko:backup`. */
export interface BackupOutput {
  instance: string;
  link: string;
  state: 'succeeded' | 'accepted' | 'planned';
  message: string;
  backups: TakenBackup[];
  plan?: PlannedJob[];
  warnings?: string[];
}

/** A backup with the operation that takes it. */
interface BegunBackup {
  backup: string;
  /** Of the operation. */
  id: string;
}

type EndedBackup = BegunBackup & EndedOperation;

/** Does what `akko:backup` is asked for. @throws StepFailed, TimedOut, InputError */
export async function runBackup(
  step: AkkoStep,
  input: BackupInput,
): Promise<BackupOutput> {
  const timeout = millisecondsOf('timeout', input.timeout ?? '2h');
  const doing = `Backup of ${step.ref}`;
  return step.explained(doing, () =>
    step.isDryRun
      ? planBackups(step, doing, input.backup || 'all')
      : takeBackups(step, doing, timeout, input),
  );
}

async function takeBackups(
  step: AkkoStep,
  doing: string,
  timeout: number,
  input: BackupInput,
): Promise<BackupOutput> {
  const attempts = await step.attempts();
  const inTime = step.budget(timeout);
  const overdue = () =>
    `${doing} did not end within ${duration(timeout / 1000)}. ${step.goesOn()}`;
  const begun = await inTime(overdue, phase =>
    begin(phase, step, input, attempts),
  );
  if (input.wait === false) {
    return accepted(step, begun);
  }
  const ended = await inTime(overdue, phase =>
    Promise.all(
      begun.map(async each => ({
        ...each,
        ...(await followOperation(phase, each.id)),
      })),
    ),
  );
  if (!ended.every(isGood)) {
    await attempts.end();
  }
  return step.afterwards(doing, phase => outputsOf(phase, step, doing, ended));
}

/** One after the other, so that a refusal of the second is told before anything is waited for. They run side by side. */
async function begin(
  phase: Phase,
  step: AkkoStep,
  { backup: wanted, ifRunning = 'fail' }: BackupInput,
  attempts: Attempts,
): Promise<BegunBackup[]> {
  const begun: BegunBackup[] = [];
  for (const backup of await namesOfBackups(phase, step.ref, wanted || 'all')) {
    const id = await attempts.once(`begun.${backup}`, () =>
      beginBackup(phase, {
        ref: step.ref,
        backup,
        ifRunning,
        reason: step.reason,
        idempotencyKey: attempts.idempotencyKey(backup),
      }),
    );
    step.follow(id);
    step.say(`${backup}: operation ${id}, ${step.links.activity}`);
    begun.push({ backup, id });
  }
  return begun;
}

/** @throws StepFailed when not all succeeded */
async function outputsOf(
  phase: Phase,
  step: AkkoStep,
  doing: string,
  ended: readonly EndedBackup[],
): Promise<BackupOutput> {
  const { links, ref } = step;
  const failed = ended.find(each => !isGood(each));
  if (failed) {
    throw await failureOf(phase, {
      doing,
      ref,
      links,
      jobs: ended.flatMap(({ jobs }) => jobs),
      error: failed.operation.error,
      since: failed.operation.requestedAt,
    });
  }
  const backups = await Promise.all(
    ended.map(({ backup, id, jobs }) =>
      takenBackup(phase, ref, { backup, operation: id, job: jobs[0] }),
    ),
  );
  const lines = backups.map(describeBackup);
  lines.forEach(line => step.say(line));
  return {
    instance: ref,
    link: links.backups,
    state: 'succeeded',
    message: lines.join('; '),
    backups,
  };
}

function isGood({ operation }: EndedBackup): boolean {
  return operation.state === 'succeeded';
}

function accepted(
  { links, ref }: AkkoStep,
  begun: readonly BegunBackup[],
): BackupOutput {
  const names = begun.map(({ backup }) => backup).join(', ');
  return {
    instance: ref,
    link: links.backups,
    state: 'accepted',
    message: `${counted(
      begun.length,
      'backup',
    )} of ${ref} asked for: ${names}.`,
    backups: begun.map(({ backup, id }) => ({
      backup,
      operation: id,
      outcome: 'accepted',
    })),
  };
}
