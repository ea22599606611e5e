import { JobError } from '../core/JobError';
import type { BackupStore, StoredBackup } from './BackupStore';
import type { Manifest } from './manifest';

/**
 * The backup that a drill is to prove: the newest, also when it is damaged, unless another one is named.
 * @throws JobError `not-found`
 */
export async function chooseBackup<M extends Manifest>(
  store: BackupStore<M>,
  id: string | undefined,
): Promise<StoredBackup<M>> {
  const backups = await store.list();
  const chosen =
    id === undefined
      ? backups[backups.length - 1]
      : backups.find(backup => backup.id === id);
  if (chosen) {
    return chosen;
  }
  const there = backups.map(backup => backup.id).join(', ');
  throw new JobError({
    code: 'not-found',
    message:
      id === undefined
        ? `There is no finished backup at ${store.location}.`
        : `There is no finished backup ${id} at ${store.location}; ${
            there ? `there are ${there}` : 'there is none'
          }.`,
    nextStep:
      id === undefined
        ? 'Run the backup job first, or correct the target in the values.'
        : 'Name one that is there, or none for the newest.',
  });
}
