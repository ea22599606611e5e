import {
  AkkoApiError,
  parseInstanceRef,
  type Cluster,
  type Instance,
} from '@akko/backstage-plugin-akko-common';
import type { Phase } from '../task/AkkoStep';
import { sentence } from '../words';

/** What is seen of an instance that may not be there yet. */
export type Sight =
  | { state: 'there'; instance: Instance }
  /** Its cluster was asked, and has no such instance. */
  | { state: 'absent'; why: string }
  /** It cannot be told at the moment. */
  | { state: 'unclear'; why: string };

/** Looks whether an instance is there. @throws AkkoApiError for what waiting does not change, as a cluster that is not configured */
export async function lookForInstance(
  phase: Phase,
  ref: string,
): Promise<Sight> {
  try {
    const instance = await phase.api.instance(ref);
    return outOfContact(instance.clusterState) ?? { state: 'there', instance };
  } catch (error) {
    if (!(error instanceof AkkoApiError)) {
      throw error;
    }
    if (error.code === 'not-allowed') {
      // A policy that goes by labels or owners cannot allow what nobody knows yet.
      return {
        state: 'unclear',
        why: `It is not there yet, or you may not see it (${
          error.permission ?? 'akko.instance.read'
        }).`,
      };
    }
    if (error.code !== 'unknown-instance') {
      throw error;
    }
    const { items } = await phase.api.clusters();
    const cluster = items.find(
      ({ name }) => name === parseInstanceRef(ref)?.cluster,
    );
    return (
      (cluster && outOfContact(cluster)) ?? {
        state: 'absent',
        why: 'The portal does not know the instance yet.',
      }
    );
  }
}

/** As while the portal starts: what such a cluster has or has not is no news. */
function outOfContact(cluster: Cluster): Sight | undefined {
  return cluster.reachable
    ? undefined
    : {
        state: 'unclear',
        why: `Cluster ${cluster.name} is not in contact: ${sentence(
          cluster.error?.message ?? 'it was not reached yet',
        )}`,
      };
}
