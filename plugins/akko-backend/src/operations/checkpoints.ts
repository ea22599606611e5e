/**
 * The places of an operation at which a crash is tried in tests: `AKKO_TEST_STOP_AT` names one, and the process kills itself there, as the kernel
 * would. Unset in production.
 */
export const CHECKPOINTS = [
  'row-written',
  'claimed',
  'archived',
  'delete-stored',
  'deleted',
  'create-stored',
  'created',
  'observing',
  'run-ended',
  'ended',
] as const;

/** Those that only a run of a CronJob, or a change of one, goes by. */
export const CRON_JOB_CHECKPOINTS = [
  'register-stored',
  'registered',
  'patched',
] as const;

export type Checkpoint =
  | (typeof CHECKPOINTS)[number]
  | (typeof CRON_JOB_CHECKPOINTS)[number];

/** Ends the process if a test asks for it here; else does nothing. */
export async function checkpoint(name: Checkpoint): Promise<void> {
  if (process.env.AKKO_TEST_STOP_AT === name) {
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => {});
  }
}
