import { KNOWN_JOBS, PART_OF } from '@akko/backstage-plugin-akko-common';
import type { V1CronJob, V1Job } from '@kubernetes/client-node';
import type { DeclaredInstance } from '../config';
import type { JobIdentity } from './types';

const NAME = 'app.kubernetes.io/name';
const INSTANCE = 'app.kubernetes.io/instance';
const COMPONENT = 'app.kubernetes.io/component';
const PART_OF_LABEL = 'app.kubernetes.io/part-of';
/** Value of the name label on every object of the sub-chart. */
const CHART_NAME = 'akko-init';

/** Longest first, so that `a-postgres-data-init` is not read as release `a-postgres-data` with a job `init`. */
const KNOWN = [...KNOWN_JOBS].sort((a, b) => b.name.length - a.name.length);

function kindOf(name: string): JobIdentity['kind'] {
  const known = KNOWN.find(job => job.name === name);
  if (known) {
    return known.kind;
  }
  if (name.startsWith('drill-')) {
    return 'drill';
  }
  return name.startsWith('backup-') ? 'backup' : 'init';
}

/** `<release>-<job>`, with the number that a CronJob, a revision or `kubectl create job` may add. */
function jobInName(objectName: string, release: string): string | undefined {
  const prefix = `${release}-`;
  if (!objectName.startsWith(prefix)) {
    return undefined;
  }
  const rest = objectName.slice(prefix.length);
  return KNOWN.find(
    ({ name }) =>
      rest === name ||
      (/^-\d+$/.test(rest.slice(name.length)) && rest.startsWith(name)),
  )?.name;
}

/** Name to look for: a CronJob's Jobs are named after it. */
function nameOf(object: V1Job | V1CronJob): string {
  const cronJob = object.metadata?.ownerReferences?.find(
    owner => owner.kind === 'CronJob',
  );
  return cronJob?.name ?? object.metadata?.name ?? '';
}

/**
 * Finds out which init job or backup of which instance a Job or CronJob is (architecture: labels and annotations). Labels of the sub-chart
 * decide; without them the instance label and the name `<release>-<job>`; without any label a declared instance and the name.
 *
 * @returns undefined for what is not AKKO's
 */
export function identify(
  cluster: string,
  object: V1Job | V1CronJob,
  declared: readonly DeclaredInstance[] = [],
): JobIdentity | undefined {
  const { namespace, labels = {} } = object.metadata ?? {};
  if (!namespace) {
    return undefined;
  }
  const release = labels[INSTANCE];
  const make = (owner: string, name: string): JobIdentity => ({
    instance: { cluster, namespace, release: owner },
    name,
    kind: kindOf(name),
  });
  if (release) {
    const component = labels[COMPONENT];
    const ours =
      labels[NAME] === CHART_NAME ||
      (labels[PART_OF_LABEL] === PART_OF &&
        KNOWN.some(({ name }) => name === component));
    if (ours && component) {
      return make(release, component);
    }
    const name = jobInName(nameOf(object), release);
    if (name) {
      return make(release, name);
    }
  }
  for (const instance of declared) {
    if (instance.cluster === cluster && instance.namespace === namespace) {
      const name = jobInName(nameOf(object), instance.release);
      if (name) {
        return make(instance.release, name);
      }
    }
  }
  return undefined;
}
