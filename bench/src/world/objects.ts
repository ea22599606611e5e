import { KNOWN_JOBS } from '@akko/backstage-plugin-akko-common';
import { v5 as uuid } from 'uuid';
import sample from './sample.json';

const NAMESPACE_UUID = '5b1f7c1e-5a52-4a1c-9d0d-0d2b6f0f6a57';
const SAMPLE = JSON.stringify(sample);

/** A finished Job and its pod, with every field that a Kubernetes 1.35 API server answered for one (`sample.json`). */
export interface JobWithPod {
  job: any;
  pod: any;
}

/** Release names of a fleet: `akko-0001` … */
export function releases(count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `akko-${String(index + 1).padStart(4, '0')}`,
  );
}

/** The eleven Jobs of one instance (nine init jobs, one run of each backup), each with its pod. */
export function instanceObjects(
  namespace: string,
  release: string,
): JobWithPod[] {
  return KNOWN_JOBS.map(({ name }) => jobWithPod(namespace, release, name));
}

/** One Job and pod of an instance. @param suffix - tells runs of the same job apart */
export function jobWithPod(
  namespace: string,
  release: string,
  component: string,
  suffix = '',
): JobWithPod {
  const jobName = `${release}-${component}${suffix}`;
  const values: Record<string, string> = {
    namespace,
    release,
    component,
    jobName,
    pod: `${jobName}-5dd7v`,
    jobUid: uuid(`${namespace}/${jobName}/job`, NAMESPACE_UUID),
    podUid: uuid(`${namespace}/${jobName}/pod`, NAMESPACE_UUID),
  };
  return JSON.parse(SAMPLE.replace(/\{\{(\w+)\}\}/g, (_, key) => values[key]));
}
