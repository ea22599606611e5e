import type { ReportBackup } from '@akko/backstage-plugin-akko-common';
import type { ChangedObject } from '../core/Changes';
import type { JobContext } from '../core/Job';
import { JobError, toJobError } from '../core/JobError';
import { newBackupId } from './backupId';
import type { BackupDraft, BackupStore } from './BackupStore';
import { BACKUP_SCHEMA, type Manifest } from './manifest';
import { sha256Of } from './Measure';
import { PROGRAM } from './programVersion';
import { beyondRetention } from './retention';

/** What is the same in every manifest. */
type ManifestHead = 'schema' | 'id' | 'startedAt' | 'finishedAt' | 'program';

/** A backup that is to be taken. */
export interface BackupPlan<M extends Manifest> {
  store: BackupStore<M>;
  /** How many backups are kept. */
  retention: number;
  /** Copies everything into the draft. */
  copy(draft: BackupDraft): Promise<Omit<M, ManifestHead>>;
  /** What the report says besides place, age and number. */
  describe(manifest: M): Partial<ReportBackup>;
}

/**
 * Takes a backup: everything into a draft, then the manifest, and only then are old ones pruned. A failure or an interruption leaves the backups
 * that were there, and nothing else.
 */
export async function takeBackup<M extends Manifest>(
  context: JobContext<unknown>,
  { store, retention, copy, describe }: BackupPlan<M>,
): Promise<ReportBackup> {
  const { changes, log, signal, step } = context;
  const startedAt = new Date();
  const id = newBackupId(startedAt);
  step(`starting the backup ${id}`);
  const draft = await store.begin(id);
  for (const name of draft.removed) {
    log.info(`removed ${name}, which a killed run had left`);
  }
  let manifest: M;
  let text: string;
  try {
    const body = await copy(draft);
    signal.throwIfAborted();
    manifest = {
      schema: BACKUP_SCHEMA,
      id,
      startedAt: startedAt.toISOString(),
      finishedAt: new Date().toISOString(),
      program: PROGRAM,
      ...body,
    } as M;
    text = `${JSON.stringify(manifest, undefined, 1)}\n`;
    step(`finishing the backup ${id}`);
    await draft.commit(text);
  } catch (error) {
    await draft.discard().catch(failure => {
      log.warn(
        `What was written of the backup ${id} could not be removed, a later run will: ${
          toJobError(failure).message
        }`,
      );
    });
    throw error;
  }
  await changes.create(
    { kind: 'backup', name: id, note: store.locationOf(id) },
    async () => {},
  );
  step('pruning old backups');
  return {
    id,
    location: store.locationOf(id),
    sha256: sha256Of(text),
    itemCount: manifest.items.length,
    ...describe(manifest),
    ...(await prune(context, store, retention, id)),
  };
}

/** Says what a backup would hold, and what it would prune. */
export async function planBackup(
  { changes, step }: JobContext<unknown>,
  store: BackupStore,
  retention: number,
  items: readonly ChangedObject[],
): Promise<void> {
  const nothing = async () => {};
  for (const item of items) {
    await changes.create(item, nothing);
  }
  await changes.create(
    { kind: 'backup', name: 'new', note: store.location },
    nothing,
  );
  step('listing the backups');
  const taken = { id: 'new', damaged: [] };
  const backups = [...(await store.list()), taken];
  for (const { id } of beyondRetention(backups, retention)) {
    await changes.update(prunedChange(id, retention), nothing);
  }
}

function prunedChange(id: string, retention: number): ChangedObject {
  return {
    kind: 'old backup',
    name: id,
    note: `removed: the newest ${retention} are kept`,
  };
}

/** A backup is good whether old ones could be removed or not, so that a failure here is told and does not fail the job. */
async function prune(
  { changes, log }: JobContext<unknown>,
  store: BackupStore,
  retention: number,
  own: string,
): Promise<Pick<ReportBackup, 'kept' | 'pruned'>> {
  let pruned = 0;
  try {
    const backups = await store.list();
    for (const { id, damaged } of backups) {
      if (damaged.length > 0) {
        log.warn(
          `The backup ${store.locationOf(
            id,
          )} is damaged, so it neither counts nor is pruned: ${damaged.join(
            ', ',
          )}`,
        );
      }
    }
    const good = backups.filter(({ damaged }) => damaged.length === 0);
    if (!good.some(({ id }) => id === own)) {
      throw new JobError({
        code: 'conflict',
        message: `The backup ${own} is not there as it was written.`,
      });
    }
    for (const { id } of beyondRetention(good, retention)) {
      await changes.update(prunedChange(id, retention), async () =>
        store.remove(id),
      );
      pruned++;
    }
    return { kept: good.length - pruned, pruned };
  } catch (error) {
    const note = `old backups were not pruned: ${toJobError(error).message}`;
    log.warn(note);
    changes.skipped({ kind: 'old backup', name: store.location, note });
    return { pruned };
  }
}
