import { ANNOTATION_CONFIG_CHECKSUM } from '../../constants';
import { KNOWN_JOBS } from '../../jobs';
import type { Evidence, KubernetesObject } from '../types';
import { identifyJob, type IdentifiedJob } from './identifyJob';
import { flag, number, objects, text, time } from './loose';
import type { JobFacts } from './types';

/** By Kubernetes' rules: only the conditions Complete and Failed end a Job. */
function outcomeOf(
  job: KubernetesObject,
): Pick<JobFacts, 'state' | 'reason' | 'message' | 'endedAt'> {
  const ended = objects(job, 'status', 'conditions').find(
    condition =>
      text(condition, 'status') === 'True' &&
      ['Complete', 'Failed'].includes(text(condition, 'type') ?? ''),
  );
  if (ended) {
    return {
      state: text(ended, 'type') === 'Complete' ? 'succeeded' : 'failed',
      reason: text(ended, 'reason'),
      message: text(ended, 'message'),
      endedAt:
        time(job, 'status', 'completionTime') ??
        time(ended, 'lastTransitionTime'),
    };
  }
  if (flag(job, 'spec', 'suspend')) {
    return { state: 'suspended' };
  }
  return {
    state:
      time(job, 'status', 'startTime') === undefined ? 'pending' : 'running',
  };
}

/** For Jobs that are not AKKO's by any sign: whoever hands them in wants to know about them all the same. */
export function anyJob(object: KubernetesObject): IdentifiedJob {
  const own = text(object, 'metadata', 'name') ?? '';
  const cronJob = objects(object, 'metadata', 'ownerReferences').find(
    owner => text(owner, 'kind') === 'CronJob',
  );
  // A number is the time of a schedule, or a revision.
  const name = text(cronJob, 'name') ?? own.replace(/-\d+$/, '');
  // The longest, so that `a-postgres-data-init` is not taken for `data-init` of anything.
  const known = KNOWN_JOBS.filter(
    job => name === job.name || name.endsWith(`-${job.name}`),
  ).sort((a, b) => b.name.length - a.name.length)[0];
  return {
    namespace: text(object, 'metadata', 'namespace') ?? '',
    release:
      text(object, 'metadata', 'labels', 'app.kubernetes.io/instance') ??
      (known ? name.slice(0, -known.name.length).replace(/-$/, '') : ''),
    name: known?.name ?? own,
    kind: known?.kind ?? 'init',
  };
}

export function jobFacts(
  object: KubernetesObject,
  identity: IdentifiedJob,
): JobFacts {
  return {
    ...identity,
    ...outcomeOf(object),
    ref: {
      kind: 'Job',
      namespace: identity.namespace,
      name: text(object, 'metadata', 'name') ?? '',
    },
    uid: text(object, 'metadata', 'uid'),
    createdAt: time(object, 'metadata', 'creationTimestamp'),
    startedAt: time(object, 'status', 'startTime'),
    pods: [],
    events: [],
    dependsOn:
      KNOWN_JOBS.find(({ name }) => name === identity.name)?.dependsOn ?? [],
    object,
    activeDeadlineSeconds: number(object, 'spec', 'activeDeadlineSeconds'),
    backoffLimit: number(object, 'spec', 'backoffLimit'),
    configChecksum: text(
      object,
      'metadata',
      'annotations',
      ANNOTATION_CONFIG_CHECKSUM,
    ),
  };
}

/** A Job of which only traces are left, found by the names of its pods or by its events. */
export function tracedJob(
  name: string,
  namespace: string | undefined,
  declared: Evidence['declared'],
): JobFacts {
  const object = { metadata: { name, namespace: namespace ?? '' } };
  return {
    ...jobFacts(object, identifyJob(object, declared) ?? anyJob(object)),
    state: 'unknown',
    object: undefined,
  };
}
