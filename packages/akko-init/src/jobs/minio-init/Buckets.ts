import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { JobContext } from '../../core/Job';
import { JobError } from '../../core/JobError';
import { waitUntilReady } from '../../core/waitUntilReady';
import { createS3Client } from '../../s3/createS3Client';
import { listBuckets } from '../../s3/listBuckets';
import { addressOf } from '../../s3/s3Config';
import {
  isUnsupported,
  OBJECT_STORAGE,
  s3CodeOf,
  s3Error,
  statusOf,
} from '../../s3/s3Errors';
import type { MinioInitConfig } from './config';

/** What is known of a bucket; `hidden` is one that this account may not ask for, whether it is there or not. */
export type BucketState = 'there' | 'missing' | 'hidden';

/** Answer of a store that does not have what is asked for. */
export const UNSUPPORTED = Symbol('unsupported');

/** The buckets of an object storage. Every call is tried again while the storage does not answer, for as long as `waitSeconds`. */
export class Buckets {
  readonly address: string;
  private readonly client: S3Client;

  constructor(private readonly context: JobContext<MinioInitConfig>) {
    const { config, secrets, signal } = context;
    this.address = addressOf(config.objectStorage);
    this.client = createS3Client(config.objectStorage, secrets, signal);
  }

  /** Waits until the storage takes this account's keys. */
  async whenReady(): Promise<void> {
    await this.ask('list the buckets', async () => {
      try {
        await listBuckets(this.client, this.address);
      } catch (thrown) {
        // The keys were right, which is enough: the account need not see all buckets.
        if (s3CodeOf(thrown) !== 'AccessDenied' && !isUnsupported(thrown)) {
          throw thrown;
        }
      }
    });
  }

  async stateOf(bucket: string): Promise<BucketState> {
    return this.ask(`look for the bucket ${bucket}`, async () => {
      try {
        await this.client.send(new HeadBucketCommand({ Bucket: bucket }));
        return 'there';
      } catch (thrown) {
        switch (statusOf(thrown)) {
          case 404:
            return 'missing';
          case 403:
            return 'hidden';
          default:
            throw thrown;
        }
      }
    });
  }

  /**
   * @returns `unchanged`, when somebody else was quicker
   * @throws JobError `conflict`, when the name belongs to another account
   */
  async create(bucket: string): Promise<'unchanged' | void> {
    return this.ask(`create the bucket ${bucket}`, async () => {
      try {
        await this.client.send(new CreateBucketCommand({ Bucket: bucket }));
        return undefined;
      } catch (thrown) {
        const code = s3CodeOf(thrown);
        if (code === 'BucketAlreadyOwnedByYou') {
          return 'unchanged';
        }
        if (code !== 'BucketAlreadyExists') {
          throw thrown;
        }
        // Some stores say this of the account's own buckets too.
        if ((await this.stateOf(bucket)) === 'there') {
          return 'unchanged';
        }
        throw new JobError({
          code: 'conflict',
          service: OBJECT_STORAGE,
          message: `The bucket ${bucket} in ${OBJECT_STORAGE} at ${this.address} belongs to another account, which does not let this one in.`,
          nextStep:
            'Choose another name for the bucket in the values, or use the account that it belongs to; then run the job again.',
          cause: thrown,
        });
      }
    });
  }

  /** `Enabled`, `Suspended`, or undefined for a bucket that never had versions. */
  async versioningOf(
    bucket: string,
  ): Promise<string | undefined | typeof UNSUPPORTED> {
    return this.ask(`read the versioning of the bucket ${bucket}`, () =>
      unlessUnsupported(async () => {
        const { Status } = await this.client.send(
          new GetBucketVersioningCommand({ Bucket: bucket }),
        );
        return Status;
      }),
    );
  }

  async enableVersioning(bucket: string): Promise<void | typeof UNSUPPORTED> {
    return this.ask(`switch on the versioning of the bucket ${bucket}`, () =>
      unlessUnsupported(async () => {
        await this.client.send(
          new PutBucketVersioningCommand({
            Bucket: bucket,
            VersioningConfiguration: { Status: 'Enabled' },
          }),
        );
      }),
    );
  }

  /** The policy document of a bucket, or undefined when it has none. */
  async policyOf(
    bucket: string,
  ): Promise<Record<string, unknown> | undefined | typeof UNSUPPORTED> {
    return this.ask(`read the policy of the bucket ${bucket}`, () =>
      unlessUnsupported(async () => {
        try {
          const { Policy } = await this.client.send(
            new GetBucketPolicyCommand({ Bucket: bucket }),
          );
          return JSON.parse(Policy ?? '{}');
        } catch (thrown) {
          if (s3CodeOf(thrown) === 'NoSuchBucketPolicy') {
            return undefined;
          }
          throw thrown;
        }
      }),
    );
  }

  async setPolicy(
    bucket: string,
    policy: Record<string, unknown>,
  ): Promise<void | typeof UNSUPPORTED> {
    return this.ask(`set the policy of the bucket ${bucket}`, () =>
      unlessUnsupported(async () => {
        await this.client.send(
          new PutBucketPolicyCommand({
            Bucket: bucket,
            Policy: JSON.stringify(policy),
          }),
        );
      }),
    );
  }

  private ask<T>(doing: string, request: () => Promise<T>): Promise<T> {
    const { config, log, signal, step } = this.context;
    step(`asking ${OBJECT_STORAGE} at ${this.address} to ${doing}`);
    return waitUntilReady({
      service: OBJECT_STORAGE,
      address: this.address,
      seconds: config.waitSeconds,
      probe: async () => {
        try {
          return await request();
        } catch (thrown) {
          throw s3Error(thrown, this.address, doing);
        }
      },
      log,
      signal,
    });
  }
}

async function unlessUnsupported<T>(
  request: () => Promise<T>,
): Promise<T | typeof UNSUPPORTED> {
  try {
    return await request();
  } catch (thrown) {
    if (isUnsupported(thrown)) {
      return UNSUPPORTED;
    }
    throw thrown;
  }
}
