import type {
  Evidence,
  InstanceRef,
  KubernetesObject,
  LogEvidence,
  Run,
  RunDetail,
} from '@akko/backstage-plugin-akko-common';
import type { V1CronJob, V1Job } from '@kubernetes/client-node';
import type { ClusterMirror, HelmRelease } from '../clusters/types';
import type { JobFacts, RunStore } from '../runs/types';

/** Attempts whose logs are read: the newest decide. */
const LOGS_READ = 2;
/** Reasons for which a container waits, or its pod does; others are of its end. */
const WAITING =
  /^(?:ErrImage|Image|InvalidImageName|CreateContainer|RunContainer|CrashLoop|ContainerCreating|PodInitializing|Unschedulable|SchedulerError)/;

/** Where the evidence of one instance is. */
export interface EvidenceSources {
  instance: InstanceRef;
  mirror: ClusterMirror;
  facts: readonly JobFacts[];
  cronJobs: Iterable<V1CronJob>;
  liveJob(name: string): V1Job | undefined;
  runs: Pick<RunStore, 'readLog' | 'detail'>;
  helmReleases: readonly HelmRelease[];
  /** Milliseconds since 1970. */
  now: number;
}

/** The Job of a run as its history tells it, for when it is gone. */
function jobOfRun(run: Run, { namespace, release }: InstanceRef): object {
  const ended = run.state === 'succeeded' || run.state === 'failed';
  return {
    kind: 'Job',
    metadata: {
      name: run.jobName ?? `${release}-${run.name}`,
      namespace,
      uid: run.uid,
      creationTimestamp: run.createdAt,
      labels: {
        'app.kubernetes.io/name': 'akko-init',
        'app.kubernetes.io/instance': release,
        'app.kubernetes.io/component': run.name,
      },
    },
    status: {
      startTime: run.startedAt,
      conditions: ended
        ? [
            {
              type: run.state === 'succeeded' ? 'Complete' : 'Failed',
              status: 'True',
              reason: run.reason,
              message: run.message,
              lastTransitionTime: run.finishedAt,
            },
          ]
        : undefined,
    },
  };
}

function stateOf(attempt: Run['attempts'][number], report?: string): object {
  const { exitCode, finishedAt, message, reason, startedAt } = attempt;
  if (exitCode !== undefined) {
    return {
      terminated: { exitCode, reason, finishedAt, message: report ?? message },
    };
  }
  if (reason !== undefined && WAITING.test(reason)) {
    return { waiting: { reason, message } };
  }
  return startedAt && !finishedAt ? { running: { startedAt } } : {};
}

/** A pod that the mirror no longer has, as the history tells it. */
function podOfAttempt(
  run: Run,
  attempt: Run['attempts'][number],
  namespace: string,
): object {
  const isLast = attempt === run.attempts[run.attempts.length - 1];
  const name = `akko-${run.name}`;
  return {
    kind: 'Pod',
    metadata: {
      name: attempt.pod,
      namespace,
      creationTimestamp: attempt.startedAt ?? run.createdAt,
      ownerReferences: [{ kind: 'Job', name: run.jobName ?? '', uid: run.uid }],
    },
    spec: {
      nodeName: attempt.node,
      containers: [{ name, image: run.image }],
    },
    status: {
      phase: phaseOf(attempt),
      reason: attempt.reason === 'Evicted' ? attempt.reason : undefined,
      message: attempt.reason === 'Evicted' ? attempt.message : undefined,
      containerStatuses: [
        {
          name,
          state: stateOf(
            attempt,
            isLast && run.report ? JSON.stringify(run.report) : undefined,
          ),
        },
      ],
    },
  };
}

function phaseOf({ exitCode, startedAt }: Run['attempts'][number]): string {
  if (exitCode !== undefined) {
    return exitCode === 0 ? 'Succeeded' : 'Failed';
  }
  return startedAt ? 'Running' : 'Pending';
}

function eventOfRun(
  event: RunDetail['events'][number],
  namespace: string,
): object {
  const [kind, name] = event.object.split('/');
  return {
    type: event.type,
    reason: event.reason,
    message: event.message,
    count: event.count,
    lastTimestamp: event.at,
    involvedObject: { kind, name, namespace },
  };
}

/** One job whose newest run did not simply succeed. */
async function ofRun(
  run: Run,
  { instance, mirror, liveJob, runs }: EvidenceSources,
): Promise<{
  jobs: KubernetesObject[];
  pods: KubernetesObject[];
  events: KubernetesObject[];
  logs: LogEvidence[];
}> {
  const { namespace } = instance;
  const live = liveJob(run.name);
  const isLive = live?.metadata?.uid === run.uid;
  const livePods = isLive ? mirror.podsOfJob(run.uid) : [];
  const seen = new Set(livePods.map(pod => pod.metadata?.name));
  const detail = await runs.detail(run.id);
  const logs: LogEvidence[] = [];
  const withLog = run.attempts.filter(({ hasLog }) => hasLog).slice(-LOGS_READ);
  for (const { number, pod } of withLog) {
    const log = await runs.readLog(run.id, number);
    if (log) {
      logs.push({ pod, namespace, text: log.text });
    }
  }
  return {
    jobs: [isLive ? live : jobOfRun(run, instance)],
    pods: [
      ...livePods,
      ...run.attempts
        .filter(({ pod }) => !seen.has(pod))
        .map(attempt => podOfAttempt(run, attempt, namespace)),
    ],
    events: [
      ...(detail?.events ?? []).map(event => eventOfRun(event, namespace)),
      ...(isLive
        ? [run.uid, ...livePods.map(pod => pod.metadata?.uid ?? '')].flatMap(
            uid => mirror.eventsOf(uid),
          )
        : []),
    ],
    logs,
  };
}

/**
 * What there is to know of an instance: from the mirror what is there now, from the history what Kubernetes has thrown away. No call
 * reaches the cluster.
 */
export async function gatherEvidence(
  sources: EvidenceSources,
): Promise<Evidence> {
  const { facts, instance, mirror, cronJobs } = sources;
  const parts = [];
  for (const { lastRun } of facts) {
    if (lastRun.state === 'unknown') {
      continue;
    }
    if (lastRun.state === 'succeeded') {
      // A success may have left something for later; its report tells.
      parts.push({
        jobs: [jobOfRun(lastRun, instance)],
        pods: lastRun.attempts
          .slice(-1)
          .map(attempt => podOfAttempt(lastRun, attempt, instance.namespace)),
        events: [],
        logs: [],
      });
    } else {
      parts.push(await ofRun(lastRun, sources));
    }
  }
  const schedules = [...cronJobs];
  return {
    now: new Date(sources.now),
    cluster: instance.cluster,
    helmReleases: sources.helmReleases.map(release => ({
      ...release,
      modifiedAt:
        release.modifiedAt === undefined
          ? undefined
          : new Date(release.modifiedAt).toISOString(),
    })),
    declared: [instance],
    jobs: parts.flatMap(({ jobs }) => jobs),
    pods: parts.flatMap(({ pods }) => pods),
    events: [
      ...parts.flatMap(({ events }) => events),
      ...schedules.flatMap(({ metadata }) =>
        mirror.eventsOf(metadata?.uid ?? ''),
      ),
    ],
    logs: parts.flatMap(({ logs }) => logs),
    cronJobs: schedules,
    configMaps: mirror.list('configmaps', instance.namespace),
  };
}
