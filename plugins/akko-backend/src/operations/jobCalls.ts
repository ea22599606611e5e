import {
  LABEL_OPERATION,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { V1Job } from '@kubernetes/client-node';
import { ClusterCallError } from '../clusters/ClusterCallError';
import type { ClusterClient } from '../clusters/types';
import type { OperationRecord } from './OperationStore';

/** Whether an operation made this Job. */
export function isOf(job: V1Job, operation: OperationRecord): boolean {
  return job.metadata?.labels?.[LABEL_OPERATION] === operation.id;
}

/** Asks the API server whether it would take a new Job, before anything is done for it. */
export async function tryOut(
  client: ClusterClient,
  ref: InstanceRef,
  manifest: V1Job,
): Promise<void> {
  try {
    await client.createJob(ref.namespace, manifest, { dryRun: true });
  } catch (error) {
    const wouldFit =
      error instanceof ClusterCallError && error.kind === 'already-exists';
    if (!wouldFit) {
      throw error;
    }
  }
}
