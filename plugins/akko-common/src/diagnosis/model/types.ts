import type { Report } from '../../types';
import type { FindingObject, KubernetesObject } from '../types';
import type { IdentifiedJob } from './identifyJob';
import type { LogLine } from './logLines';

/** A Kubernetes event. Times in milliseconds since 1970. */
export interface EventFacts {
  type: string;
  reason: string;
  message: string;
  at?: number;
  count: number;
  /** What it is about. */
  object: FindingObject;
  uid?: string;
  /** As `spec.containers{akko-minio-init}`. */
  fieldPath?: string;
}

export interface TerminationFacts {
  reason?: string;
  exitCode?: number;
  signal?: number;
  message?: string;
  at?: number;
}

export interface ContainerFacts {
  name: string;
  isInit: boolean;
  image?: string;
  command: string[];
  running: boolean;
  waiting?: { reason?: string; message?: string };
  terminated?: TerminationFacts;
  /** Of the execution before the last restart. */
  lastTerminated?: TerminationFacts;
  restarts: number;
  memoryLimit?: string;
}

export interface ContainerLog {
  container?: string;
  lines: LogLine[];
}

/** One attempt of a Job. */
export interface PodFacts {
  ref: FindingObject;
  uid?: string;
  /** Known only by its events or its log: the pod itself is gone. */
  isGone: boolean;
  createdAt?: number;
  phase?: string;
  reason?: string;
  message?: string;
  node?: string;
  conditions: {
    type: string;
    status: string;
    reason?: string;
    message?: string;
    at?: number;
  }[];
  containers: ContainerFacts[];
  /** Oldest first. */
  events: EventFacts[];
  logs: ContainerLog[];
  report?: Report;
  spec?: KubernetesObject;
}

/** Where a Job stands; `unknown` where only traces of it are left. */
export type JobState =
  | 'pending'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'suspended'
  | 'unknown';

/** One Job with all that belongs to it. */
export interface JobFacts extends IdentifiedJob {
  ref: FindingObject;
  uid?: string;
  state: JobState;
  /** Of the condition that ended it. */
  reason?: string;
  message?: string;
  createdAt?: number;
  startedAt?: number;
  endedAt?: number;
  /** Oldest first. */
  pods: PodFacts[];
  /** About the Job itself, oldest first. */
  events: EventFacts[];
  dependsOn: readonly string[];
  object?: KubernetesObject;
  activeDeadlineSeconds?: number;
  backoffLimit?: number;
  configChecksum?: string;
}

export interface CronJobFacts extends IdentifiedJob {
  ref: FindingObject;
  object: KubernetesObject;
  events: EventFacts[];
  createdAt?: number;
  suspended: boolean;
  schedule?: string;
  timeZone?: string;
  concurrencyPolicy?: string;
  startingDeadlineSeconds?: number;
  lastScheduledAt?: number;
  lastSuccessAt?: number;
  active: number;
  /** Its Jobs that are there, oldest first. */
  jobs: JobFacts[];
}

/** What the catalogue says of a job. */
export interface CataloguedFacts {
  namespace: string;
  release: string;
  name: string;
  kind: 'init' | 'backup' | 'drill';
  enabled: boolean;
  checksum?: string;
  dependsOn: string[];
}

/** All evidence, in the order in which it is thought about. */
export interface Situation {
  now: number;
  cluster?: string;
  jobs: JobFacts[];
  cronJobs: CronJobFacts[];
  catalogued: CataloguedFacts[];
  networkPolicies: readonly KubernetesObject[];
  events: EventFacts[];
}
