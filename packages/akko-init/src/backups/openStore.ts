import type { z } from 'zod';
import type { JobContext } from '../core/Job';
import { DirectoryStore } from './directory/DirectoryStore';
import type { Manifest } from './manifest';
import { ObjectStorage } from './objectStorage/ObjectStorage';
import { S3Store } from './objectStorage/S3Store';
import type { TargetConfig } from './targetConfig';

/** Where backups of this kind are kept. */
export function openStore<M extends Manifest>(
  target: TargetConfig,
  schema: z.ZodType<M>,
  context: JobContext<{ waitSeconds: number }>,
): DirectoryStore<M> | S3Store<M> {
  return target.type === 'directory'
    ? new DirectoryStore(target.path, schema, context)
    : new S3Store(
        new ObjectStorage(target.objectStorage, context),
        target.bucket,
        target.prefix,
        schema,
        context,
      );
}
