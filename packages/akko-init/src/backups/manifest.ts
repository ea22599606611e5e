import { z } from 'zod';
import { isBackupId } from './backupId';

/** Schema of a manifest, as its first field says. */
export const BACKUP_SCHEMA = 'akko.io/backup/v1';
/** The file without which a backup does not count. */
export const MANIFEST_FILE = 'manifest.json';

const count = z.number().int().nonnegative();

/** A file below the backup, never outside it. */
const file = z
  .string()
  .regex(/^[\w%-][\w%.-]*(\/[\w%-][\w%.-]*)*$/, 'is not a file of a backup');

/** A file of a backup. */
export const storedFile = {
  file,
  bytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
};

const common = {
  schema: z.literal(BACKUP_SCHEMA),
  id: z.string().refine(isBackupId),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  /** The program that took it, with its version. */
  program: z.string(),
};

/** What is in a database, as of the snapshot of its dump. */
export const databaseContents = z.object({
  /** Tables that a dump has, with their rows; not those that belong to an extension. */
  tables: z.array(
    z.object({ schema: z.string(), name: z.string(), rows: count }),
  ),
  largeObjects: count,
  extensions: z.array(z.object({ name: z.string(), version: z.string() })),
});

/** See {@link databaseContents}. */
export type DatabaseContents = z.output<typeof databaseContents>;

/** How a database has to be created, so that what was in another one fits. */
export const databaseLocale = z.object({
  encoding: z.string(),
  collate: z.string(),
  ctype: z.string(),
  /** `c` the C library's, `i` ICU's, `b` PostgreSQL's own. */
  provider: z.enum(['c', 'i', 'b']),
  /** For the providers other than the C library. */
  locale: z.string().optional(),
});

/** See {@link databaseLocale}. */
export type DatabaseLocale = z.output<typeof databaseLocale>;

/** A backup of PostgreSQL servers. */
export const postgresManifest = z.object({
  ...common,
  kind: z.literal('postgres'),
  /** What `pg_dump --version` says. */
  toolVersion: z.string(),
  servers: z.array(
    z.object({ name: z.string(), address: z.string(), version: z.string() }),
  ),
  items: z.array(
    z.discriminatedUnion('type', [
      /** Roles and tablespaces of a server, as SQL. */
      z.object({
        type: z.literal('globals'),
        server: z.string(),
        ...storedFile,
      }),
      /** A database, in pg_dump's custom format. */
      z.object({
        type: z.literal('database'),
        server: z.string(),
        database: z.string(),
        ...storedFile,
        locale: databaseLocale,
        contents: databaseContents,
      }),
    ]),
  ),
});

/** See {@link postgresManifest}. */
export type PostgresManifest = z.output<typeof postgresManifest>;
/** A database's dump in a manifest. */
export type DatabaseItem = Extract<
  PostgresManifest['items'][number],
  { type: 'database' }
>;

/** A backup of the buckets of an object storage. */
export const minioManifest = z.object({
  ...common,
  kind: z.literal('minio'),
  /** Where the object storage is. */
  source: z.string(),
  items: z.array(
    z.object({
      bucket: z.string(),
      /** The index of the bucket: a line of JSON per object. */
      ...storedFile,
      objects: count,
      objectBytes: count,
      /** Those that were not in the backup before. */
      copiedObjects: count,
      copiedBytes: count,
      /** Listed, and gone when they were to be copied. */
      vanishedObjects: count,
      /** `Enabled`, `Suspended`, or `Off`; missing where the storage does not tell. Only the newest version of an object is in the backup. */
      versioning: z.string().optional(),
      /** The policy document, where the bucket has one. */
      policy: z.unknown().optional(),
    }),
  ),
});

/** See {@link minioManifest}. */
export type MinioManifest = z.output<typeof minioManifest>;
/** A bucket in a manifest. */
export type BucketItem = MinioManifest['items'][number];

/** Any backup of ours. */
export type Manifest = PostgresManifest | MinioManifest;

/** The manifest in a text; undefined when it is none of this kind, or not that of this backup. */
export function parseManifest<M extends Manifest>(
  schema: z.ZodType<M>,
  id: string,
  text: string,
): M | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { data } = schema.safeParse(value);
  return data?.id === id ? data : undefined;
}
