import type { ContractTarget } from './describeContract';
import type { WatchReader } from './WatchReader';

/** A Job under observation, from before its creation on. */
export interface ObservedJob {
  readonly name: string;
  readonly jobs: WatchReader;
  readonly pods: WatchReader;
  /** The newest state that was seen. */
  job(): any;
  /** The newest state of each pod of the Job, in order of creation. */
  podStates(): any[];
  /** Waits until the condition is True. @returns the Job then */
  condition(type: string): Promise<any>;
  /** Types of the conditions in the order in which they became True. */
  conditionOrder(): string[];
  close(): void;
}

/** Creates a Job and watches it and its pods. */
export async function observeJob(
  target: ContractTarget,
  manifest: any,
): Promise<ObservedJob> {
  const { name } = manifest.metadata;
  const jobs = await target.api.stream(
    target.batch(`jobs?watch=true&fieldSelector=metadata.name%3D${name}`),
  );
  const pods = await target.api.stream(
    target.core(`pods?watch=true&labelSelector=job-name%3D${name}`),
  );
  const created = await target.api.post(target.batch('jobs'), manifest);
  if (created.status !== 201) {
    throw new Error(`The Job was not created: ${created.text}`);
  }
  const job = () => jobs.events[jobs.events.length - 1]?.object;
  return {
    name,
    jobs,
    pods,
    job,
    podStates: () => [
      ...new Map(
        pods.events.map(({ object }) => [object.metadata.uid, object]),
      ).values(),
    ],
    async condition(type) {
      const { object } = await jobs.event(event =>
        trueConditions(event.object).includes(type),
      );
      return object;
    },
    conditionOrder: () => [
      ...new Set(jobs.events.flatMap(({ object }) => trueConditions(object))),
    ],
    close() {
      jobs.close();
      pods.close();
    },
  };
}

export const conditionOf = (object: any, type: string) =>
  object.status?.conditions?.find((each: any) => each.type === type);

export const terminated = (pod: any) =>
  pod.status?.containerStatuses?.[0]?.state?.terminated;

function trueConditions(job: any): string[] {
  return (job.status?.conditions ?? [])
    .filter(({ status }: any) => status === 'True')
    .map(({ type }: any) => type);
}
