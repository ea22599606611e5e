import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type GetObjectCommandOutput,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { pipeline, type Readable } from 'node:stream';
import type { JobContext } from '../../core/Job';
import { waitUntilReady } from '../../core/waitUntilReady';
import { createS3Client } from '../../s3/createS3Client';
import { addressOf, type ObjectStorageConfig } from '../../s3/s3Config';
import { OBJECT_STORAGE, s3CodeOf, s3Error } from '../../s3/s3Errors';
import type { StoredFile } from '../BackupStore';
import { contentOf, Measure, sha256Of, SMALL_BYTES } from '../Measure';
import { isVolumeFailure } from '../volumeErrors';

/** An object as a listing tells it. */
export interface ListedObject {
  key: string;
  size: number;
  /** Without quotes. */
  etag: string;
  lastModified: Date;
}

/** What is said of an object besides its content. */
export type ObjectHeaders = Pick<
  PutObjectCommandInput,
  | 'ContentType'
  | 'ContentEncoding'
  | 'ContentDisposition'
  | 'ContentLanguage'
  | 'CacheControl'
  | 'Metadata'
>;

/** An object that is being read. */
export type ReadObject = GetObjectCommandOutput & {
  Body: NonNullable<GetObjectCommandOutput['Body']> & Readable;
};

const MEBIBYTE = 1024 * 1024;
/** S3 takes up to 10,000 parts: a stream of unknown length may have 312 GiB. */
const PART_BYTES = 32 * MEBIBYTE;
const SMALLEST_PART_BYTES = 8 * MEBIBYTE;
const MOST_PARTS = 9_000;
const PARTS_AT_ONCE = 2;
/** The calls to an object storage that backups need; a request that meets a storage that does not answer is made again for as long as `waitSeconds`. */
export class ObjectStorage {
  readonly address: string;
  private readonly client: S3Client;
  /** Not ended with the job, so that an upload that is given up can still remove its parts. */
  private readonly uploadingClient: S3Client;

  /** @param signal - ends everything; the job's, unless things have to be put right after it */
  constructor(
    private readonly config: ObjectStorageConfig,
    private readonly context: Pick<
      JobContext<{ waitSeconds: number }>,
      'config' | 'log' | 'secrets' | 'signal'
    >,
    private readonly signal: AbortSignal = context.signal,
  ) {
    this.address = addressOf(config);
    this.client = createS3Client(config, context.secrets, signal);
    this.uploadingClient = createS3Client(
      config,
      context.secrets,
      new AbortController().signal,
    );
  }

  /** The same storage, for what has to be put right although the job shall stop. */
  forTidying(): ObjectStorage {
    return new ObjectStorage(
      this.config,
      this.context,
      new AbortController().signal,
    );
  }

  /**
   * Makes a request, again and again while the storage does not answer. A failure of the backup volume is final.
   * @param doing - what it is for, for the words of an error
   */
  async ask<T>(
    doing: string,
    request: (client: S3Client) => Promise<T>,
  ): Promise<T> {
    let final: unknown;
    const result = await waitUntilReady({
      service: OBJECT_STORAGE,
      address: this.address,
      seconds: this.context.config.waitSeconds,
      probe: async () => {
        try {
          return await request(this.client);
        } catch (thrown) {
          this.signal.throwIfAborted();
          if (isVolumeFailure(thrown)) {
            final = thrown;
            return undefined;
          }
          throw s3Error(thrown, this.address, doing);
        }
      },
      log: this.context.log,
      signal: this.signal,
    });
    if (final) {
      throw final;
    }
    return result as T;
  }

  /** Objects in pages of up to 1000, in the storage's order. */
  async *pages(bucket: string, prefix = ''): AsyncGenerator<ListedObject[]> {
    let token: string | undefined;
    do {
      const from = token;
      const page = await this.ask(`list the bucket ${bucket}`, client =>
        client.send(
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: prefix,
            ContinuationToken: from,
            // Keys may have characters that XML cannot.
            EncodingType: 'url',
          }),
        ),
      );
      const decoded = (key: string) =>
        page.EncodingType === 'url'
          ? decodeURIComponent(key.replace(/\+/g, '%20'))
          : key;
      yield (page.Contents ?? []).map(object => ({
        key: decoded(object.Key!),
        size: object.Size ?? 0,
        etag: withoutQuotes(object.ETag),
        lastModified: object.LastModified!,
      }));
      token = page.NextContinuationToken;
    } while (token);
  }

  /** All objects below a prefix; for small numbers. */
  async list(bucket: string, prefix: string): Promise<ListedObject[]> {
    const all: ListedObject[] = [];
    for await (const page of this.pages(bucket, prefix)) {
      all.push(...page);
    }
    return all;
  }

  /**
   * Reads an object.
   * @param use - what is done with it; done again from the beginning when the connection was cut
   * @returns undefined when the object is not there
   */
  async read<T>(
    bucket: string,
    key: string,
    use: (object: ReadObject) => Promise<T>,
  ): Promise<T | undefined> {
    return this.ask(`read ${bucket}/${key}`, async client => {
      const answer = await client
        .send(new GetObjectCommand({ Bucket: bucket, Key: key }))
        .catch(thrown => {
          if (s3CodeOf(thrown) === 'NoSuchKey') {
            return undefined;
          }
          throw thrown;
        });
      return answer && use(answer as ReadObject);
    });
  }

  /** A small object as text; undefined when it is not there. */
  async text(bucket: string, key: string): Promise<string | undefined> {
    return this.read(bucket, key, ({ Body }) => Body.transformToString());
  }

  /** Names of the folders right below a prefix that ends with a slash, or is empty. */
  async folders(bucket: string, prefix: string): Promise<string[]> {
    const names: string[] = [];
    let token: string | undefined;
    do {
      const from = token;
      const page = await this.ask(`list the bucket ${bucket}`, client =>
        client.send(
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: prefix,
            Delimiter: '/',
            ContinuationToken: from,
          }),
        ),
      );
      for (const { Prefix } of page.CommonPrefixes ?? []) {
        names.push(Prefix!.slice(prefix.length, -1));
      }
      token = page.NextContinuationToken;
    } while (token);
    return names;
  }

  /** Writes a small object. */
  async put(
    bucket: string,
    key: string,
    content: string | Uint8Array,
    headers: ObjectHeaders = {},
  ): Promise<void> {
    await this.ask(`write ${bucket}/${key}`, client =>
      client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: content,
          ...headers,
        }),
      ),
    );
  }

  /**
   * Writes an object from a stream, in parts when it is large.
   * @param bytes - its length, where it is known
   */
  async upload(
    bucket: string,
    key: string,
    source: Readable,
    { bytes, headers }: { bytes?: number; headers?: ObjectHeaders } = {},
  ): Promise<StoredFile> {
    if (bytes !== undefined && bytes <= SMALL_BYTES) {
      const content = await contentOf(source);
      await this.put(bucket, key, content, headers);
      return { bytes: content.length, sha256: sha256Of(content) };
    }
    const measure = new Measure();
    const stop = () => measure.destroy(this.signal.reason);
    this.signal.addEventListener('abort', stop);
    try {
      const upload = new Upload({
        client: this.uploadingClient,
        params: {
          Bucket: bucket,
          Key: key,
          // An error of the source destroys the measure, and with it the upload.
          Body: pipeline(source, measure, () => {}),
          ...headers,
        },
        partSize:
          bytes === undefined
            ? PART_BYTES
            : Math.max(SMALLEST_PART_BYTES, Math.ceil(bytes / MOST_PARTS)),
        queueSize: PARTS_AT_ONCE,
      });
      await upload.done();
      return measure.result();
    } catch (thrown) {
      source.destroy();
      throw s3Error(thrown, this.address, `write ${bucket}/${key}`);
    } finally {
      this.signal.removeEventListener('abort', stop);
    }
  }
}

/** ETags come in quotes. */
export function withoutQuotes(etag: string | undefined): string {
  return (etag ?? '').replace(/^"|"$/g, '');
}
