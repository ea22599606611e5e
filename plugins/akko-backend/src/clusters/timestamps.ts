/** Fields of type Time and MicroTime in the kinds that we read, below metadata and status and on events themselves. */
const TIME_FIELDS = new Set([
  'completionTime',
  'creationTimestamp',
  'deletionTimestamp',
  'eventTime',
  'finishedAt',
  'firstTimestamp',
  'lastObservedTime',
  'lastProbeTime',
  'lastScheduleTime',
  'lastSuccessfulTime',
  'lastTimestamp',
  'lastTransitionTime',
  'startTime',
  'startedAt',
]);
/** Free text of users: a label named startTime stays text. */
const FREE_FIELDS = new Set([
  'labels',
  'annotations',
  'spec',
  'data',
  'binaryData',
]);

/**
 * Turns the times of a Kubernetes object into `Date`s, in place, as the types of `@kubernetes/client-node` say. Its own deserialiser is not
 * used because it drops fields that it does not know: a Job of a newer Kubernetes would lose them when it is created again.
 */
export function reviveTimes<T>(object: T): T {
  if (Array.isArray(object)) {
    object.forEach(reviveTimes);
  } else if (object !== null && typeof object === 'object') {
    const fields = object as Record<string, unknown>;
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value === 'string') {
        if (TIME_FIELDS.has(name)) {
          fields[name] = new Date(value);
        }
      } else if (!FREE_FIELDS.has(name)) {
        reviveTimes(value);
      }
    }
  }
  return object;
}
