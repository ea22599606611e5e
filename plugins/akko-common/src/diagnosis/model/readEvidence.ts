import { KNOWN_JOBS } from '../../jobs';
import type { Evidence, KubernetesObject } from '../types';
import { eventFacts, inOrder } from './events';
import { cataloguedIn } from './catalogue';
import { identifyJob } from './identifyJob';
import { anyJob, jobFacts, tracedJob } from './jobs';
import { logLines } from './logLines';
import { entries, flag, number, objects, text, time } from './loose';
import { isNameOfPodOf, jobNameOfPod, jobUidOfPod, podFacts } from './pods';
import type {
  CataloguedFacts,
  CronJobFacts,
  EventFacts,
  JobFacts,
  JobState,
  PodFacts,
  Situation,
} from './types';

/** More of a kind than this is not looked at: the newest stay. */
const MOST_OBJECTS = 5000;

function newest(
  list: readonly KubernetesObject[] | undefined,
): KubernetesObject[] {
  const all = (list ?? []).filter(
    item => typeof item === 'object' && item !== null,
  );
  return all.length <= MOST_OBJECTS
    ? all
    : [...all]
        .sort(
          (a, b) =>
            (time(a, 'metadata', 'creationTimestamp') ?? 0) -
            (time(b, 'metadata', 'creationTimestamp') ?? 0),
        )
        .slice(-MOST_OBJECTS);
}

class Reader {
  readonly jobs: JobFacts[] = [];
  private readonly events: EventFacts[];
  /** By name; several where namespaces or generations differ. */
  private readonly pods = new Map<string, PodFacts[]>();

  constructor(private readonly evidence: Evidence) {
    this.events = inOrder(newest(evidence.events).map(eventFacts));
  }

  read(): Situation {
    const { evidence } = this;
    for (const object of newest(evidence.jobs)) {
      this.jobs.push(
        jobFacts(
          object,
          identifyJob(object, evidence.declared) ?? anyJob(object),
        ),
      );
    }
    this.addPods();
    this.addEvents();
    this.addLogs();
    this.addReports();
    this.settleTraces();
    const catalogued = this.catalogued();
    for (const job of this.jobs) {
      const entry = catalogued.find(
        each =>
          each.name === job.name &&
          each.release === job.release &&
          each.namespace === job.namespace,
      );
      job.dependsOn = entry?.dependsOn ?? job.dependsOn;
      job.pods.sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
    }
    return {
      now: this.now(),
      cluster: evidence.cluster,
      jobs: this.jobs,
      cronJobs: newest(evidence.cronJobs).map(each => this.cronJob(each)),
      catalogued,
      networkPolicies: newest(evidence.networkPolicies),
      events: this.events,
    };
  }

  private addPods(): void {
    for (const object of newest(this.evidence.pods)) {
      const name = jobNameOfPod(object);
      if (name) {
        const facts = podFacts(object);
        const job =
          this.jobs.find(
            each => each.uid !== undefined && each.uid === jobUidOfPod(object),
          ) ?? this.jobNamed(name, facts.ref.namespace, facts.createdAt);
        this.addPod(job ?? this.trace(name, facts.ref.namespace), facts);
      }
    }
  }

  private addEvents(): void {
    for (const event of this.events) {
      if (event.object.kind === 'Pod') {
        this.podOf(
          event.object.name,
          event.object.namespace,
          event,
        )?.events.push(event);
      } else if (event.object.kind === 'Job') {
        const job =
          this.jobs.find(
            each => each.uid !== undefined && each.uid === event.uid,
          ) ??
          (event.uid === undefined ||
          this.jobs.every(each => each.uid === undefined)
            ? this.jobNamed(event.object.name, event.object.namespace, event.at)
            : undefined);
        job?.events.push(event);
      }
    }
  }

  private addLogs(): void {
    for (const log of this.evidence.logs ?? []) {
      const pod = this.podOf(this.podNameOfLog(log.pod), log.namespace);
      pod?.logs.push({ container: log.container, lines: logLines(log.text) });
    }
  }

  /** A file of a log may have the container's name, or a number, after the pod's. */
  private podNameOfLog(name: string): string {
    if (this.pods.has(name)) {
      return name;
    }
    const known = [...this.pods.keys()].filter(
      pod =>
        pod !== '' &&
        name.startsWith(pod) &&
        /^[._-]/.test(name.slice(pod.length)),
    );
    return known.sort((a, b) => b.length - a.length)[0] ?? name;
  }

  private addReports(): void {
    for (const { job: name, namespace, pod: podName, report } of this.evidence
      .reports ?? []) {
      const job = this.jobNamed(name, namespace) ?? this.trace(name, namespace);
      const pod = podName
        ? this.podOf(podName, namespace)
        : job.pods[job.pods.length - 1];
      if (pod) {
        pod.report ??= report;
      } else {
        this.addPod(job, { ...goneFacts('', namespace), report });
      }
    }
  }

  /** The pod of this name; one that is gone is made up of what is told of it. */
  private podOf(
    name: string,
    namespace?: string,
    event?: EventFacts,
  ): PodFacts | undefined {
    const known = this.pods
      .get(name)
      ?.find(
        pod =>
          (namespace === undefined || pod.ref.namespace === namespace) &&
          (event?.uid === undefined ||
            pod.uid === undefined ||
            pod.uid === event.uid),
      );
    if (known) {
      known.uid ??= event?.uid;
      known.createdAt ??= event?.at;
      return known;
    }
    const owner =
      this.jobs
        .filter(
          job =>
            isNameOfPodOf(name, job.ref.name) &&
            (namespace === undefined || job.ref.namespace === namespace) &&
            (event?.at === undefined ||
              job.createdAt === undefined ||
              // Times of objects are cut to seconds.
              event.at >= job.createdAt - 1000),
        )
        .pop() ?? this.traceOfPod(name, namespace);
    if (!owner) {
      return undefined;
    }
    const gone = goneFacts(name, namespace, event);
    this.addPod(owner, gone);
    return gone;
  }

  private addPod(job: JobFacts, pod: PodFacts): void {
    job.pods.push(pod);
    const { name } = pod.ref;
    this.pods.set(name, [...(this.pods.get(name) ?? []), pod]);
  }

  private jobNamed(
    name: string,
    namespace?: string,
    at?: number,
  ): JobFacts | undefined {
    return this.jobs.find(
      job =>
        job.ref.name === name &&
        (namespace === undefined || job.ref.namespace === namespace) &&
        (at === undefined ||
          job.createdAt === undefined ||
          at >= job.createdAt - 1000),
    );
  }

  private traceOfPod(name: string, namespace?: string): JobFacts | undefined {
    const jobName = /^(.+)-[a-z0-9]{5}$/.exec(name)?.[1];
    // An older Job of this name is not to be confused with the one that is there.
    return jobName &&
      !this.jobs.some(({ ref }) => ref.name === jobName) &&
      (identifyJob(
        { metadata: { name: jobName, namespace: namespace ?? '-' } },
        this.evidence.declared,
      ) ||
        KNOWN_JOBS.some(job => jobName.includes(`-${job.name}`)))
      ? this.trace(jobName, namespace)
      : undefined;
  }

  private trace(name: string, namespace?: string): JobFacts {
    const job = tracedJob(name, namespace, this.evidence.declared);
    this.jobs.push(job);
    return job;
  }

  /** Where no Job tells how it ended, its newest pod does. */
  private settleTraces(): void {
    for (const job of this.jobs) {
      if (job.state === 'unknown') {
        const pods = job.pods.filter(({ isGone }) => !isGone);
        const last = pods.sort(
          (a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0),
        )[pods.length - 1];
        const states: Record<string, JobState> = {
          Succeeded: 'succeeded',
          Failed: 'failed',
          Running: 'running',
          Pending: 'running',
        };
        const completed = job.events.some(
          ({ reason }) => reason === 'Completed',
        );
        const report = job.pods[job.pods.length - 1]?.report;
        job.state = completed
          ? 'succeeded'
          : states[last?.phase ?? ''] ?? report?.outcome ?? 'unknown';
      }
    }
  }

  private cronJob(object: KubernetesObject): CronJobFacts {
    const identity =
      identifyJob(object, this.evidence.declared) ?? anyJob(object);
    const name = text(object, 'metadata', 'name') ?? '';
    const uid = text(object, 'metadata', 'uid');
    return {
      ...identity,
      ref: { kind: 'CronJob', namespace: identity.namespace, name },
      object,
      createdAt: time(object, 'metadata', 'creationTimestamp'),
      suspended: flag(object, 'spec', 'suspend'),
      schedule: text(object, 'spec', 'schedule'),
      timeZone: text(object, 'spec', 'timeZone'),
      concurrencyPolicy: text(object, 'spec', 'concurrencyPolicy'),
      startingDeadlineSeconds: number(
        object,
        'spec',
        'startingDeadlineSeconds',
      ),
      lastScheduledAt: time(object, 'status', 'lastScheduleTime'),
      lastSuccessAt: time(object, 'status', 'lastSuccessfulTime'),
      active: objects(object, 'status', 'active').length,
      events: this.events.filter(
        event =>
          event.object.kind === 'CronJob' &&
          event.object.name === name &&
          event.object.namespace === identity.namespace &&
          (event.uid === undefined || uid === undefined || event.uid === uid),
      ),
      jobs: this.jobs
        .filter(
          job =>
            job.object &&
            objects(job.object, 'metadata', 'ownerReferences').some(
              owner =>
                text(owner, 'kind') === 'CronJob' &&
                text(owner, 'name') === name,
            ) &&
            job.namespace === identity.namespace,
        )
        .sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0)),
    };
  }

  private catalogued(): CataloguedFacts[] {
    return newest(this.evidence.configMaps).flatMap(configMap => {
      const found = entries(configMap, 'data').find(
        ([key]) => key === 'catalogue.json',
      )?.[1];
      const namespace = text(configMap, 'metadata', 'namespace') ?? '';
      return found ? cataloguedIn(found, namespace) : [];
    });
  }

  private now(): number {
    const given = time({ now: this.evidence.now }, 'now');
    const seen = [
      ...this.events.map(({ at }) => at),
      ...this.jobs.flatMap(job => [
        job.createdAt,
        job.startedAt,
        job.endedAt,
        ...job.pods.flatMap(pod => [
          pod.createdAt,
          ...pod.conditions.map(({ at }) => at),
          ...pod.containers.map(({ terminated }) => terminated?.at),
        ]),
      ]),
    ].filter((at): at is number => at !== undefined);
    return given ?? seen.reduce((a, b) => Math.max(a, b), 0);
  }
}

function goneFacts(
  name: string,
  namespace?: string,
  event?: EventFacts,
): PodFacts {
  return {
    ref: { kind: 'Pod', namespace, name },
    uid: event?.uid,
    isGone: true,
    createdAt: event?.at,
    conditions: [],
    containers: [],
    events: [],
    logs: [],
  };
}

/** Puts together what belongs together. Never throws, whatever is handed in. */
export function readEvidence(evidence: Evidence): Situation {
  return new Reader(evidence).read();
}
