import type { ChangeOutcome, Changes } from '../../core/Changes';
import { defineJob } from '../../core/Job';
import { Buckets, UNSUPPORTED } from './Buckets';
import { minioInitConfig, type BucketConfig } from './config';
import { samePolicy } from './samePolicy';

const NO_VERSIONING = 'this object storage has no versioning';
const NO_POLICIES = 'this object storage has no bucket policies';

/** Makes the buckets of the platform on any S3, and gives them the versioning and the policies of the values. */
export const minioInit = defineJob({
  name: 'minio-init',
  summary: 'Buckets and their policies on any S3 object storage',
  config: minioInitConfig,
  async run(context) {
    const { config, changes } = context;
    const buckets = new Buckets(context);
    await buckets.whenReady();
    for (const wanted of config.buckets) {
      const isThere = await ensureBucket(wanted.name, buckets, changes);
      if (wanted.versioning) {
        await ensureVersioning(wanted.name, isThere, buckets, changes);
      }
      if (wanted.policy) {
        await ensurePolicy(
          wanted.name,
          wanted.policy,
          isThere,
          buckets,
          changes,
        );
      }
    }
  },
});

/** @returns whether the bucket is there afterwards: in a plan it may not be */
async function ensureBucket(
  name: string,
  buckets: Buckets,
  changes: Changes,
): Promise<boolean> {
  const bucket = { kind: 'bucket', name };
  const state = await buckets.stateOf(name);
  if (state === 'there') {
    changes.unchanged(bucket);
    return true;
  }
  const unknown = changes.plan && state === 'hidden';
  await changes.create(
    unknown
      ? { ...bucket, note: 'this account is not told whether it is there' }
      : bucket,
    () => buckets.create(name),
  );
  return !changes.plan;
}

async function ensureVersioning(
  name: string,
  isThere: boolean,
  buckets: Buckets,
  changes: Changes,
): Promise<void> {
  const versioning = { kind: 'bucket versioning', name };
  const status = isThere ? await buckets.versioningOf(name) : undefined;
  if (status === UNSUPPORTED) {
    changes.skipped({ ...versioning, note: NO_VERSIONING });
  } else if (status === 'Enabled') {
    changes.unchanged(versioning);
  } else if (status) {
    changes.unchanged({ ...versioning, note: 'suspended by hand, kept' });
  } else {
    await changes.create(versioning, async () =>
      outcomeOf(await buckets.enableVersioning(name), NO_VERSIONING),
    );
  }
}

async function ensurePolicy(
  name: string,
  wanted: NonNullable<BucketConfig['policy']>,
  isThere: boolean,
  buckets: Buckets,
  changes: Changes,
): Promise<void> {
  const policy = { kind: 'bucket policy', name };
  const found = isThere ? await buckets.policyOf(name) : undefined;
  if (found === UNSUPPORTED) {
    changes.skipped({ ...policy, note: NO_POLICIES });
  } else if (!found) {
    await changes.create(policy, async () =>
      outcomeOf(await buckets.setPolicy(name, wanted), NO_POLICIES),
    );
  } else if (samePolicy(found, wanted)) {
    changes.unchanged(policy);
  } else {
    changes.unchanged({ ...policy, note: 'differs from the values, kept' });
  }
}

function outcomeOf(
  answer: void | typeof UNSUPPORTED,
  note: string,
): ChangeOutcome {
  return answer === UNSUPPORTED ? { action: 'skipped', note } : undefined;
}
