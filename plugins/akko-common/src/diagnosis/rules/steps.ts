import { command, kubectl, quote } from '../commands';
import type { FindingAction, FindingStep } from '../types';
import type { JobFacts, PodFacts } from '../model/types';

/** The log of a job, as long as Kubernetes has it. */
export function readLog(job: JobFacts, tail = 50): FindingStep {
  return {
    text: 'Read what the job said.',
    command: kubectl(
      'logs',
      job.namespace,
      `job/${job.ref.name}`,
      `--tail=${tail}`,
    ),
  };
}

export function describePod(job: JobFacts, pod?: PodFacts): FindingStep {
  return {
    text: 'See what Kubernetes says of the pod.',
    command: pod
      ? kubectl('describe', job.namespace, `pod/${pod.ref.name}`)
      : kubectl(
          'describe',
          job.namespace,
          'pods',
          '--selector',
          `batch.kubernetes.io/job-name=${job.ref.name}`,
        ),
  };
}

/** Pods of a service, by the name label that AKKO's charts give. */
export function lookAtPods(
  job: JobFacts,
  selector: string,
  title: string,
): FindingStep {
  return {
    text: `See whether the pods of ${title} are there and ready.`,
    command: kubectl(
      'get',
      job.namespace,
      'pods',
      '--selector',
      `app.kubernetes.io/name=${selector}`,
      '--output=wide',
    ),
  };
}

/** How to run a job again without the portal: Helm makes what is not there. */
export function runAgainByHand(job: JobFacts): FindingStep {
  return {
    text: 'Without the portal: delete the Job and let Helm make it again.',
    command: [
      kubectl('delete', job.namespace, `job/${job.ref.name}`),
      command(
        'helm',
        'upgrade',
        ...(job.namespace ? [`--namespace=${job.namespace}`] : []),
        '--reuse-values',
        '--',
        job.release || 'akko',
        'helm/akko/',
      ),
    ].join(' && '),
  };
}

/** Reads a key of a Secret; the value appears only where the command is run. */
export function showSecret(
  namespace: string,
  name: string,
  key: string,
): string {
  const path = quote(`{.data.${key.replace(/\./g, '\\.')}}`);
  return `${kubectl('get', namespace, `secret/${name}`, {
    raw: `--output=jsonpath=${path}`,
  })} | base64 --decode`;
}

/** Keys of a Secret or ConfigMap, without their values. */
export function showKeys(
  namespace: string,
  kind: 'secret' | 'configmap',
  name: string,
): string {
  return kubectl('describe', namespace, `${kind}/${name}`);
}

/** What the portal offers: the same job again. */
export function again(job: JobFacts, after?: string): FindingAction {
  switch (job.kind) {
    case 'backup':
      return { type: 'backup', backup: job.name, after };
    case 'drill':
      return {
        type: 'drill',
        backup: job.name.replace(/^drill-/, 'backup-'),
        after,
      };
    default:
      return { type: 'rerun', jobs: [job.name], after };
  }
}
