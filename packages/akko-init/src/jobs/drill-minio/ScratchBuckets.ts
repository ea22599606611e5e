import { CreateBucketCommand, DeleteBucketCommand } from '@aws-sdk/client-s3';
import {
  isScratchOf,
  newScratchName,
  timeOfScratch,
} from '../../backups/backupId';
import type { ObjectStorage } from '../../backups/objectStorage/ObjectStorage';
import { removeAll } from '../../backups/objectStorage/removal';
import type { JobContext } from '../../core/Job';
import { toJobError } from '../../core/JobError';
import { listBuckets } from '../../s3/listBuckets';
import { statusOf } from '../../s3/s3Errors';
import type { DrillMinioConfig } from './config';

/** Storages refuse requests of clocks that differ by more. */
const CLOCK_SKEW_SECONDS = 900;

const ATTEMPTS = 3;

/** Buckets that a drill makes and removes. */
export class ScratchBuckets {
  private readonly name: string;
  private made = 0;

  constructor(
    private readonly storage: ObjectStorage,
    private readonly context: JobContext<DrillMinioConfig>,
  ) {
    this.name = newScratchName(context.config.scratchPrefix);
  }

  /** Removes what killed drills left: a drill ends at its deadline, so that what is older belongs to none. */
  async removeAbandoned(): Promise<void> {
    const { config, log } = this.context;
    const buckets = await this.storage.ask('list the buckets', client =>
      listBuckets(client, this.storage.address),
    );
    const oldest =
      Date.now() - (config.deadlineSeconds + CLOCK_SKEW_SECONDS) * 1000;
    for (const { Name = '' } of buckets) {
      if (
        isScratchOf(config.scratchPrefix, Name) &&
        Number(timeOfScratch(Name)) < oldest
      ) {
        await remove(this.storage, Name);
        log.info(`removed the bucket ${Name}, which a killed drill had left`);
      }
    }
  }

  /** Works with an empty bucket, and removes it in any case. */
  async use<T>(work: (bucket: string) => Promise<T>): Promise<T> {
    const bucket = `${this.name}-${this.made++}`;
    try {
      await this.storage.ask(`create the bucket ${bucket}`, client =>
        client.send(new CreateBucketCommand({ Bucket: bucket })),
      );
      return await work(bucket);
    } finally {
      await remove(this.storage.forTidying(), bucket).catch(error => {
        this.context.log.warn(
          `The scratch bucket ${bucket} could not be removed, a later drill will: ${
            toJobError(error).message
          }`,
        );
      });
    }
  }
}

/** Removes a bucket with what is in it; again when something came into it meanwhile, as an upload that was given up. */
async function remove(storage: ObjectStorage, bucket: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await removeAll(storage, bucket, '');
      await storage.ask(`remove the bucket ${bucket}`, client =>
        client.send(new DeleteBucketCommand({ Bucket: bucket })),
      );
      return;
    } catch (thrown) {
      const status = statusOf((thrown as Error).cause);
      if (status === 404) {
        // It was not made, or another drill was quicker.
        return;
      }
      if (status !== 409 || attempt === ATTEMPTS) {
        throw thrown;
      }
    }
  }
}
