import { KNOWN_JOBS, type KnownJob } from '../../jobs';
import { PART_OF } from '../../constants';
import type { KubernetesObject } from '../types';
import { objects, text } from './loose';

/** Value of the name label on every object of the sub-chart. */
const CHART_NAME = 'akko-init';

/** Which init job or backup of which instance a Job or CronJob is. @public */
export interface IdentifiedJob {
  namespace: string;
  release: string;
  name: string;
  kind: 'init' | 'backup' | 'drill';
}

/** Longest first, so that `a-postgres-data-init` is not read as release `a-postgres-data` with a job `init`. */
const KNOWN: readonly KnownJob[] = [...KNOWN_JOBS].sort(
  (a, b) => b.name.length - a.name.length,
);

/** What is on a schedule is a backup, unless its name says that it proves one. */
function kindOf(name: string, isScheduled: boolean): IdentifiedJob['kind'] {
  const known = KNOWN.find(job => job.name === name);
  if (known) {
    return known.kind;
  }
  if (name.startsWith('drill-')) {
    return 'drill';
  }
  return isScheduled || name.startsWith('backup-') ? 'backup' : 'init';
}

function cronJobOf(object: KubernetesObject): KubernetesObject | undefined {
  return objects(object, 'metadata', 'ownerReferences').find(
    owner => text(owner, 'kind') === 'CronJob',
  );
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
      (rest.startsWith(name) && /^-\d+$/.test(rest.slice(name.length))),
  )?.name;
}

/** Name to look for: a CronJob's Jobs are named after it. */
function nameOf(object: KubernetesObject): string {
  return (
    text(cronJobOf(object), 'name') ?? text(object, 'metadata', 'name') ?? ''
  );
}

/**
 * Finds out which init job or backup of which instance a Job or CronJob is (architecture: labels and annotations). Labels of the sub-chart
 * decide; without them the instance label and the name `<release>-<job>`; without any label a declared instance and the name.
 *
 * @returns undefined for what is not AKKO's
 * @public
 */
export function identifyJob(
  object: KubernetesObject,
  declared: readonly { namespace: string; release: string }[] = [],
): IdentifiedJob | undefined {
  const namespace = text(object, 'metadata', 'namespace');
  if (!namespace) {
    return undefined;
  }
  const label = (key: string) =>
    text(object, 'metadata', 'labels', `app.kubernetes.io/${key}`);
  const release = label('instance');
  const isScheduled =
    cronJobOf(object) !== undefined ||
    text(object, 'spec', 'schedule') !== undefined;
  const make = (owner: string, name: string): IdentifiedJob => ({
    namespace,
    release: owner,
    name,
    kind: kindOf(name, isScheduled),
  });
  if (release) {
    const component = label('component');
    const ours =
      label('name') === CHART_NAME ||
      (label('part-of') === PART_OF &&
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
    if (instance.namespace === namespace) {
      const name = jobInName(nameOf(object), instance.release);
      if (name) {
        return make(instance.release, name);
      }
    }
  }
  return undefined;
}
