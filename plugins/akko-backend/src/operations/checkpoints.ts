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

export type Checkpoint = (typeof CHECKPOINTS)[number];

/** Ends the process if a test asks for it here; else does nothing. */
export async function checkpoint(name: Checkpoint): Promise<void> {
  if (process.env.AKKO_TEST_STOP_AT === name) {
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => {});
  }
}
