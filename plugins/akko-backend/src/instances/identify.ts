import { identifyJob } from '@akko/backstage-plugin-akko-common';
import type { V1CronJob, V1Job } from '@kubernetes/client-node';
import type { DeclaredInstance } from '../config';
import type { JobIdentity } from './types';

/**
 * Which init job or backup of which instance a Job or CronJob is; see {@link identifyJob}.
 * @returns undefined for what is not AKKO's
 */
export function identify(
  cluster: string,
  object: V1Job | V1CronJob,
  declared: readonly DeclaredInstance[] = [],
): JobIdentity | undefined {
  const found = identifyJob(
    object,
    declared.filter(instance => instance.cluster === cluster),
  );
  return (
    found && {
      instance: { cluster, namespace: found.namespace, release: found.release },
      name: found.name,
      kind: found.kind,
    }
  );
}
