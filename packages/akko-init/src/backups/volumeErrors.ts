import { JobError, type JobErrorOptions } from '../core/JobError';

/** The name of the volume in errors and reports. */
export const BACKUP_VOLUME = 'backup volume';

const MEANINGS: Record<
  string,
  Pick<JobErrorOptions, 'code' | 'nextStep'> & { reason: string }
> = {
  ENOSPC: {
    code: 'service-unavailable',
    reason: 'it is full',
    nextStep:
      'Enlarge the volume of the backups (its PersistentVolumeClaim), or keep fewer of them (retention in the values); then run the job again. Nothing was pruned, all finished backups are still there.',
  },
  EACCES: {
    code: 'permission-denied',
    reason: 'this user may not write there',
    nextStep:
      "Give the pod's group the volume (backup.podSecurityContext.fsGroup in the values), or correct the owner of the folder; then run the job again.",
  },
  EROFS: {
    code: 'misconfigured',
    reason: 'it is read-only; is no volume mounted there?',
    nextStep:
      "Mount the backups' volume at that path, or correct the target in the values; then run the job again.",
  },
  ENOENT: {
    code: 'conflict',
    reason: 'a file is not there any more',
    nextStep:
      'See what removed it: somebody by hand, or another run that took this one for dead; then run the job again.',
  },
  EIO: {
    code: 'service-unavailable',
    reason: 'the disk or its server failed',
    nextStep:
      'Look at the volume and at the node that it is mounted on, then run the job again.',
  },
};
MEANINGS.EDQUOT = MEANINGS.ENOSPC;
MEANINGS.EFBIG = MEANINGS.ENOSPC;
MEANINGS.EPERM = MEANINGS.EACCES;
MEANINGS.ESTALE = MEANINGS.EIO;

/**
 * A failure of the file system, as a {@link JobError}; every other one as it is.
 * @param doing - what was tried, as `write infra/globals.sql`
 */
export function volumeError(
  thrown: unknown,
  path: string,
  doing: string,
): unknown {
  const { code, syscall } = (thrown ?? {}) as NodeJS.ErrnoException;
  const meaning = MEANINGS[code ?? ''];
  // A program or an address that is not there has codes of the same names.
  if (!meaning || (syscall && /^(spawn|connect)/.test(syscall))) {
    return thrown;
  }
  return new JobError({
    code: meaning.code,
    service: BACKUP_VOLUME,
    message: `The ${BACKUP_VOLUME} at ${path} refused to ${doing}: ${meaning.reason} (${code}).`,
    nextStep: meaning.nextStep,
    cause: thrown,
  });
}

/** Whether another attempt at reading the source would not help, because it is the volume that failed. */
export function isVolumeFailure(error: unknown): boolean {
  return error instanceof JobError && error.service === BACKUP_VOLUME;
}
