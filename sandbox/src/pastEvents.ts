import { time, uidOf, type PastObjects, type PastRun } from './history';
import type { Manifest } from './manifests';

/** What the Job controller said of a run. */
export function pastEvents(
  job: Manifest,
  pods: PastObjects['pods'],
  spans: { start: number; end: number }[],
  run: PastRun,
): Manifest[] {
  const conditions = (job.status as any).conditions;
  const { message } = conditions[conditions.length - 1];
  return [
    ...pods.map(({ pod }, index) =>
      eventOf(job, spans[index].start - 1000, {
        type: 'Normal',
        reason: 'SuccessfulCreate',
        message: `Created pod: ${pod.metadata.name}`,
      }),
    ),
    eventOf(
      job,
      run.finishedAt,
      run.failedBecause
        ? { type: 'Warning', reason: run.failedBecause, message }
        : { type: 'Normal', reason: 'Completed', message: 'Job completed' },
    ),
  ];
}

function eventOf(
  { apiVersion, kind, metadata }: Manifest,
  at: number,
  said: { type: string; reason: string; message: string },
): Manifest {
  const { name, namespace, uid } = metadata;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${name}.${uidOf(String(uid), said.message).slice(0, 8)}`,
      namespace,
      labels: {},
      uid: uidOf(String(uid), said.reason, said.message),
      creationTimestamp: time(at),
    },
    involvedObject: { apiVersion, kind, namespace, name, uid },
    ...said,
    count: 1,
    firstTimestamp: time(at),
    lastTimestamp: time(at),
    source: { component: 'job-controller' },
    reportingComponent: 'job-controller',
    reportingInstance: '',
  };
}
