import { AkkoApiError } from '@akko/backstage-plugin-akko-common';
import { InputError } from '@backstage/errors';
import type { Phase } from '../task/AkkoStep';

/** Between two tries while another run of the same backup goes on, in milliseconds. */
const BETWEEN_TRIES = 10_000;

/** What {@link beginBackup} needs to know. */
export interface BackupWish {
  ref: string;
  /** As `backup-postgres`. */
  backup: string;
  reason: string;
  /** What to do while another run of it goes on. */
  ifRunning: 'fail' | 'wait';
  idempotencyKey: string;
}

/**
 * Asks for a backup. With `wait` it is asked for again until no other run of it goes on: that one has begun to read before it was asked for, so its
 * data may be older than what is wanted.
 * @returns operation id
 * @throws AkkoApiError
 */
export async function beginBackup(
  { api, clock, logger, signal }: Phase,
  { backup, idempotencyKey, ifRunning, reason, ref }: BackupWish,
): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      const { id } = await api.request(
        ref,
        { action: 'backup', backup, reason },
        { idempotencyKey },
      );
      return id;
    } catch (error) {
      const isBusy =
        error instanceof AkkoApiError && error.code === 'already-running';
      if (!isBusy || ifRunning === 'fail') {
        throw error;
      }
      if (tries === 1) {
        logger.info(`${backup}: waiting. ${error.message}`);
      }
      await clock.sleep(BETWEEN_TRIES, signal);
    }
  }
}

/**
 * The backups that are meant.
 * @param backup - a name, or `all` for those that the chart has switched on
 * @throws InputError when there is none
 */
export async function namesOfBackups(
  { api }: Phase,
  ref: string,
  backup: string,
): Promise<string[]> {
  if (backup !== 'all') {
    return [backup];
  }
  const { backups } = await api.instance(ref);
  const names = backups
    .filter(({ enabled, runnable }) => enabled && runnable !== false)
    .map(({ name }) => name);
  if (names.length === 0) {
    throw new InputError(
      `No backup of ${ref} is on in the chart. Enable one in the values (backup.….enabled) and run helm upgrade.`,
    );
  }
  return names;
}
