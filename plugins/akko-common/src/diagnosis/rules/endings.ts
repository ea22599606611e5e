import { kubectl } from '../commands';
import { isoOf } from '../model/loose';
import type { ContainerFacts, JobFacts, PodFacts } from '../model/types';
import type { FindingEvidence } from '../types';
import { again, describePod, readLog, runAgainByHand } from './steps';
import type { JobRule, Match } from './types';

const SIGNALS: Readonly<Record<number, string>> = {
  130: 'SIGINT',
  134: 'SIGABRT',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
};

function newestFirst(job: JobFacts): PodFacts[] {
  return [...job.pods].reverse();
}

/** The container that ended badly, if it is this pod's last word. */
export function failedContainer(pod: PodFacts): ContainerFacts | undefined {
  return pod.containers.find(({ terminated, lastTerminated, running }) => {
    const end = terminated ?? (running ? undefined : lastTerminated);
    return end !== undefined && end.exitCode !== 0;
  });
}

function endOf(container: ContainerFacts) {
  return container.terminated ?? container.lastTerminated;
}

function statusEvidence(
  pod: PodFacts,
  container: ContainerFacts,
): FindingEvidence {
  const end = endOf(container);
  return {
    kind: 'status',
    source: `Pod/${pod.ref.name}`,
    text: `${container.name}: ${end?.reason ?? 'ended'}, exit code ${
      end?.exitCode ?? 'not told'
    }`,
    at: isoOf(end?.at),
  };
}

function conditionEvidence(job: JobFacts): FindingEvidence {
  return {
    kind: 'condition',
    source: `Job/${job.ref.name}`,
    text: `Failed: ${job.reason ?? ''}${job.message ? `: ${job.message}` : ''}`,
    at: isoOf(job.endedAt),
  };
}

/** The kernel ended the container because it wanted more memory than its limit. */
export const outOfMemory: JobRule = {
  kind: 'job',
  id: 'out-of-memory',
  find: job => {
    const [pod] = newestFirst(job).filter(each => !each.isGone);
    const container = pod?.containers.find(
      each =>
        (each.terminated ?? each.lastTerminated)?.reason === 'OOMKilled' &&
        !each.running,
    );
    return pod && container
      ? {
          title: 'The job needs more memory than its limit',
          cause: `The kernel ended ${
            container.name
          } because it wanted more memory than its limit${
            container.memoryLimit ? ` of ${container.memoryLimit}` : ''
          }.`,
          target: container.memoryLimit,
          confidence: 'certain',
          object: pod.ref,
          since: endOf(container)?.at,
          evidence: [statusEvidence(pod, container)],
          steps: [
            {
              text: 'Raise the memory limit of the job (resources.limits.memory in the values), then upgrade.',
            },
            runAgainByHand(job),
          ],
          action: again(job, 'the limit is raised'),
        }
      : undefined;
  },
};

const OF_STORAGE = /ephemeral|disk|storage/i;

function causeOfEviction(message: string, reason?: string): string {
  if (OF_STORAGE.test(message)) {
    return 'The pod used more temporary storage than it may, or the disk of the node was nearly full, so the node evicted it.';
  }
  return /memory/i.test(message)
    ? 'The node was short of memory and evicted the pod.'
    : `The pod was taken off its node${
        reason ? ` (${reason})` : ''
      } before it was done.`;
}

/** The node put the pod out, or went away with it. */
export const evicted: JobRule = {
  kind: 'job',
  id: 'evicted',
  find: job => {
    const pod = newestFirst(job)[0];
    const event = [...(pod?.events ?? [])]
      .reverse()
      .find(({ reason }) =>
        ['Evicted', 'Preempted', 'TaintManagerEviction'].includes(reason),
      );
    const condition = pod?.conditions.find(
      ({ type, status }) => type === 'DisruptionTarget' && status === 'True',
    );
    const reason = pod?.reason;
    const byJob =
      /DeletionByPodGC|EvictionByEvictionAPI|PreemptionByScheduler|DeletionByTaintManager|TerminationByKubelet/;
    if (
      !pod ||
      !(
        reason === 'Evicted' ||
        reason === 'NodeLost' ||
        reason === 'Preempting' ||
        reason === 'Terminated' ||
        event ||
        byJob.test(condition?.reason ?? '')
      )
    ) {
      return undefined;
    }
    const message = pod.message ?? event?.message ?? condition?.message ?? '';
    const storage = OF_STORAGE.test(message);
    return {
      title: 'The node put the pod of the job out',
      cause: causeOfEviction(message, condition?.reason),
      target: pod.node,
      confidence: 'certain',
      object: pod.ref,
      since: event?.at ?? condition?.at,
      evidence: [
        pod.reason
          ? {
              kind: 'status',
              source: `Pod/${pod.ref.name}`,
              text: `${pod.reason}: ${message}`,
              at: isoOf(event?.at ?? condition?.at),
            }
          : {
              kind: event ? 'event' : 'condition',
              source: `Pod/${pod.ref.name}`,
              text: event
                ? `${event.reason}: ${event.message}`
                : `DisruptionTarget: ${condition?.reason}: ${message}`,
              at: isoOf(event?.at ?? condition?.at),
            },
      ],
      steps: [
        describePod(job, pod),
        {
          text: storage
            ? 'Raise the limit of ephemeral storage of the job, or free the disk of the node.'
            : 'See whether the node is well again; then run the job again.',
        },
      ],
      action: again(job),
    };
  },
};

/** A shell did not find its program, or may not run it. */
export const shellCommandNotFound: JobRule = {
  kind: 'job',
  id: 'command-not-found',
  find: job => {
    const pod = newestFirst(job).find(each => failedContainer(each));
    const container = pod && failedContainer(pod);
    const code = container && endOf(container)?.exitCode;
    if (!pod || !container || (code !== 127 && code !== 126)) {
      return undefined;
    }
    const lines = pod.logs.flatMap(log => log.lines);
    const line = [...lines]
      .reverse()
      .find(({ text }) =>
        /not found|no such file|permission denied|cannot execute/i.test(text),
      );
    const name =
      /(?:^|: )([\w./-]{1,100}): (?:command )?(?:not found|permission denied)/i.exec(
        line?.text ?? '',
      )?.[1];
    return {
      title:
        code === 127
          ? `The image has no program ${name ?? 'of that name'}`
          : `The program ${name ?? 'of the job'} cannot be executed`,
      cause:
        code === 127
          ? `The shell of the job did not find ${
              name ?? 'a command'
            } in the image (exit code 127).`
          : `The shell of the job may not execute ${
              name ?? 'a command'
            } (exit code 126).`,
      target: `command ${name ?? ''}`,
      confidence: 'certain',
      object: pod.ref,
      since: endOf(container)?.at,
      evidence: [
        ...(line
          ? [
              {
                kind: 'log' as const,
                source: `Pod/${pod.ref.name}`,
                text: line.text,
                line: line.number,
              },
            ]
          : []),
        statusEvidence(pod, container),
      ],
      steps: [
        readLog(job),
        {
          text: 'Use the image that the chart names for this job, or correct its command in the values.',
        },
      ],
      action: again(job, 'image and command fit'),
    };
  },
};

/** The Job took longer than it may. */
export const deadlineExceeded: JobRule = {
  kind: 'job',
  id: 'deadline-exceeded',
  find: job =>
    job.reason === 'DeadlineExceeded'
      ? {
          title: 'The job was not done in time',
          cause: `It ran longer than its deadline${
            job.activeDeadlineSeconds
              ? ` of ${job.activeDeadlineSeconds} s`
              : ''
          }, and nothing it said tells what it waited for.`,
          confidence: 'certain',
          since: job.endedAt,
          evidence: [conditionEvidence(job)],
          steps: [
            readLog(job),
            {
              text: 'Where it is only slow, raise activeDeadlineSeconds in the values.',
            },
            runAgainByHand(job),
          ],
          action: again(job),
        }
      : undefined,
};

/** The exit code was one for which the chart says: do not try again. */
export const podFailurePolicy: JobRule = {
  kind: 'job',
  id: 'pod-failure-policy',
  find: job =>
    job.reason === 'PodFailurePolicy'
      ? {
          title: 'The job failed in a way that another attempt would not mend',
          cause: `Its exit code is one for which the Job's pod failure policy gives up at once${
            job.message ? `: ${job.message}` : '.'
          }`,
          confidence: 'certain',
          since: job.endedAt,
          evidence: [conditionEvidence(job)],
          steps: [readLog(job), runAgainByHand(job)],
          action: again(job),
        }
      : undefined,
};

function lastWords(job: JobFacts): FindingEvidence[] {
  for (const pod of newestFirst(job)) {
    const lines = pod.logs.flatMap(log => log.lines);
    const telling =
      [...lines]
        .reverse()
        .find(({ text }) => /error|fatal|fail|exception|panic/i.test(text)) ??
      lines[lines.length - 1];
    if (telling) {
      return [
        {
          kind: 'log',
          source: `Pod/${pod.ref.name}`,
          text: telling.text,
          line: telling.number,
        },
      ];
    }
  }
  return [];
}

/** A container or the job ended with a code, and said nothing that is known. */
function endedWithCode(job: JobFacts, isInit: boolean): Match | undefined {
  const pod = newestFirst(job).find(each => failedContainer(each));
  const container = pod && failedContainer(pod);
  const end = container && endOf(container);
  if (
    !pod ||
    !container ||
    container.isInit !== isInit ||
    end?.exitCode === undefined
  ) {
    return undefined;
  }
  const signal = SIGNALS[end.exitCode];
  return {
    title: `${
      isInit ? `The init container ${container.name}` : 'The job'
    } ended with exit code ${end.exitCode}`,
    cause: signal
      ? `Its program was ended by ${signal}${
          signal === 'SIGKILL'
            ? ': out of memory, or not done when it was told to end'
            : ''
        }.`
      : `Its program failed${
          isInit ? ' before the job itself could begin' : ''
        }, and its log has no words that are known; the last of them are below.`,
    confidence: 'possible',
    object: pod.ref,
    since: end.at,
    evidence: [...lastWords(job), statusEvidence(pod, container)],
    steps: [readLog(job), runAgainByHand(job)],
    action: again(job),
  };
}

/** The job ended with a code, and said nothing that is known. */
export const exitCode: JobRule = {
  kind: 'job',
  id: 'exit-code',
  find: job => endedWithCode(job, false),
};

/** What must be done before the job failed, so the job itself never began. */
export const initContainerFailed: JobRule = {
  kind: 'job',
  id: 'init-container-failed',
  find: job => endedWithCode(job, true),
};

/** All attempts failed, and none of them can be seen any more. */
export const backoffLimitExceeded: JobRule = {
  kind: 'job',
  id: 'backoff-limit-exceeded',
  find: job =>
    job.reason === 'BackoffLimitExceeded' ||
    job.reason === 'MaxFailedIndexesExceeded'
      ? {
          title: 'Every attempt of the job failed',
          cause: `The Job gave up after ${
            job.backoffLimit === undefined
              ? 'its attempts'
              : `${job.backoffLimit + 1} attempts`
          }, and what they said is gone with their pods.`,
          confidence: 'possible',
          since: job.endedAt,
          evidence: [...lastWords(job), conditionEvidence(job)],
          steps: [
            readLog(job),
            {
              text: 'See what is left of it.',
              command: kubectl(
                'describe',
                job.namespace,
                `job/${job.ref.name}`,
              ),
            },
            runAgainByHand(job),
          ],
          action: again(job),
        }
      : undefined,
};

/** It failed, and Kubernetes says no more than that. */
export const failedWithoutWords: JobRule = {
  kind: 'job',
  id: 'failed-without-words',
  find: job =>
    job.state === 'failed'
      ? {
          title: 'The job failed',
          cause: job.message || 'Kubernetes says that it failed, and no more.',
          confidence: 'possible',
          since: job.endedAt,
          evidence: [...lastWords(job), conditionEvidence(job)],
          steps: [readLog(job), runAgainByHand(job)],
          action: again(job),
        }
      : undefined,
};
