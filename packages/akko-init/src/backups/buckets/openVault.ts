import type { JobContext } from '../../core/Job';
import type { BackupDraft } from '../BackupStore';
import { DirectoryDraft } from '../directory/DirectoryDraft';
import type { DirectoryStore } from '../directory/DirectoryStore';
import type { MinioManifest } from '../manifest';
import { S3Store } from '../objectStorage/S3Store';
import { DirectoryVault } from './DirectoryVault';
import type { ObjectVault } from './ObjectVault';
import { S3Vault } from './S3Vault';

/** Where a backup that is being taken keeps the contents of objects. */
export async function openVault(
  store: DirectoryStore<MinioManifest> | S3Store<MinioManifest>,
  draft: BackupDraft,
  context: Pick<JobContext<unknown>, 'log' | 'signal'>,
): Promise<ObjectVault> {
  return store instanceof S3Store
    ? S3Vault.open(store, draft, context)
    : new DirectoryVault(draft as DirectoryDraft);
}
