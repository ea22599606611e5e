import { createHash } from 'node:crypto';
import type { LogLine } from '@akko/kube-sandbox';
import type { Performance } from './performances';
import type { Manifest } from './manifests';
import { pastEvents } from './pastEvents';

/** A Job that ran before the sandbox started. */
export interface PastRun {
  manifest: Manifest;
  finishedAt: number;
  /** One per pod, oldest first; the last one decides. */
  attempts: Performance[];
  /** Why Kubernetes gave up, where it did. */
  failedBecause?: 'BackoffLimitExceeded' | 'DeadlineExceeded';
}

/** What is loaded into a cluster for it. */
export interface PastObjects {
  job: Manifest;
  pods: { pod: Manifest; container: string; log: LogLine[] }[];
  events: Manifest[];
}

const pause = 12_000;

/** Objects as Kubernetes leaves them behind when a Job has ended. */
export function pastObjects(run: PastRun): PastObjects {
  const { namespace, name } = run.manifest.metadata;
  const uid = uidOf(namespace, name, String(run.finishedAt));
  const spans = spansOf(run);
  const createdAt = spans[0].start - 2000;
  const failed = run.failedBecause !== undefined;
  const finished = time(run.finishedAt);
  const controllerLabels = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  const spec = run.manifest.spec as {
    backoffLimit: number;
    template: Manifest;
  };
  const job: Manifest = {
    ...run.manifest,
    metadata: {
      ...run.manifest.metadata,
      uid,
      creationTimestamp: time(createdAt),
      generation: 1,
    },
    spec: {
      ...spec,
      parallelism: 1,
      completions: 1,
      completionMode: 'NonIndexed',
      suspend: false,
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
      template: {
        ...spec.template,
        metadata: {
          labels: { ...spec.template.metadata.labels, ...controllerLabels },
        },
      },
    },
    status: {
      startTime: time(createdAt),
      ready: 0,
      terminating: 0,
      uncountedTerminatedPods: {},
      ...(failed
        ? { failed: run.attempts.length }
        : {
            succeeded: 1,
            completionTime: finished,
            ...(run.attempts.length > 1 && { failed: run.attempts.length - 1 }),
          }),
      conditions: conditionsOf(run, finished),
    },
  };
  const pods = run.attempts.map((attempt, index) => {
    const { start, end } = spans[index];
    const podName = `${name}-${uidOf(uid, String(index)).slice(0, 5)}`;
    const report =
      attempt.report &&
      JSON.stringify({
        ...attempt.report,
        startedAt: time(start),
        finishedAt: time(end),
      });
    const container = (spec.template.spec as any).containers[0];
    const pod: Manifest = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: podName,
        namespace,
        uid: uidOf(uid, podName),
        creationTimestamp: time(start - 1000),
        labels: { ...spec.template.metadata.labels, ...controllerLabels },
        ownerReferences: [
          {
            apiVersion: 'batch/v1',
            kind: 'Job',
            name,
            uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      },
      spec: { ...(spec.template.spec as object), nodeName: nodeOf(uid) },
      status: {
        phase: attempt.exitCode === 0 ? 'Succeeded' : 'Failed',
        startTime: time(start - 1000),
        containerStatuses: [
          {
            name: container.name,
            image: container.image,
            imageID: '',
            ready: false,
            started: false,
            restartCount: 0,
            state: {
              terminated: {
                exitCode: attempt.exitCode,
                reason: attempt.exitCode === 0 ? 'Completed' : 'Error',
                startedAt: time(start),
                finishedAt: time(end),
                ...(report && { message: report }),
                containerID: `containerd://${createHash('sha256')
                  .update(podName)
                  .digest('hex')}`,
              },
            },
          },
        ],
      },
    };
    const step = (end - start) / Math.max(1, attempt.lines.length);
    const log = attempt.lines.map((text, line) => ({
      at: Math.round(start + step * line),
      text,
    }));
    return { pod, container: container.name as string, log };
  });
  return { job, pods, events: pastEvents(job, pods, spans, run) };
}

function spansOf(run: PastRun) {
  let end = run.finishedAt;
  return [...run.attempts]
    .reverse()
    .map(({ seconds }) => {
      const span = { start: end - seconds * 1000, end };
      end = span.start - pause;
      return span;
    })
    .reverse();
}

function conditionsOf(run: PastRun, at: string) {
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: 'True',
    reason,
    message,
    lastProbeTime: at,
    lastTransitionTime: at,
  });
  if (run.failedBecause) {
    const message =
      run.failedBecause === 'DeadlineExceeded'
        ? 'Job was active longer than specified deadline'
        : 'Job has reached the specified backoff limit';
    return ['FailureTarget', 'Failed'].map(type =>
      condition(type, run.failedBecause!, message),
    );
  }
  return ['SuccessCriteriaMet', 'Complete'].map(type =>
    condition(
      type,
      'CompletionsReached',
      'Reached expected number of succeeded pods',
    ),
  );
}

function nodeOf(uid: string): string {
  return `worker-${1 + (Number.parseInt(uid.slice(0, 2), 16) % 3)}`;
}

/** The same for the same words. */
export function uidOf(...words: string[]): string {
  const hex = createHash('sha256').update(words.join('/')).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
}

/** As Kubernetes writes times: whole seconds. */
export function time(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
