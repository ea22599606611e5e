import type { Report } from '../types';

/** A Kubernetes object as the API (or `kubectl get -o json`) gives it. Nothing in it is trusted to have a certain type. @public */
export type KubernetesObject = object;

/** Log of one container. @public */
export interface LogEvidence {
  pod: string;
  namespace?: string;
  container?: string;
  /** The text, whole or its end. */
  text: string;
}

/** A report that was kept apart from its pod. @public */
export interface ReportEvidence {
  /** Name of the Job object. */
  job: string;
  namespace?: string;
  pod?: string;
  report: Report;
}

/** What a program other than a Job said, such as `helm upgrade`. @public */
export interface OutputEvidence {
  /** Who said it, as `helm`. */
  program: string;
  text: string;
}

/** A revision of a Helm release. @public */
export interface HelmReleaseEvidence {
  name: string;
  namespace: string;
  version: number;
  /** As `deployed`, `pending-upgrade`. */
  status: string;
  /** RFC 3339. */
  modifiedAt?: string;
}

/** A run that is over, from a history. @public */
export interface PastRun {
  /** Init job or backup, as `minio-init`. */
  job: string;
  release?: string;
  namespace?: string;
  state: 'succeeded' | 'failed' | 'unknown';
  finishedAt?: string;
  configChecksum?: string;
}

/**
 * Everything that {@link diagnose} may look at: plain data, each part optional. Times are RFC 3339 strings or Dates, as clients give them.
 * @public
 */
export interface Evidence {
  /** The moment it was gathered; without it, the newest time that stands in it. */
  now?: string | Date;
  /** Name of the cluster, where it is known. */
  cluster?: string;
  jobs?: readonly KubernetesObject[];
  cronJobs?: readonly KubernetesObject[];
  pods?: readonly KubernetesObject[];
  events?: readonly KubernetesObject[];
  persistentVolumeClaims?: readonly KubernetesObject[];
  resourceQuotas?: readonly KubernetesObject[];
  limitRanges?: readonly KubernetesObject[];
  networkPolicies?: readonly KubernetesObject[];
  nodes?: readonly KubernetesObject[];
  /** Those of the job catalogue are read, others are passed over. */
  configMaps?: readonly KubernetesObject[];
  logs?: readonly LogEvidence[];
  reports?: readonly ReportEvidence[];
  outputs?: readonly OutputEvidence[];
  /** Only where somebody allowed to read them. */
  helmReleases?: readonly HelmReleaseEvidence[];
  history?: readonly PastRun[];
  /** Namespace and release of objects that do not say which instance they are of. */
  declared?: readonly { namespace: string; release: string }[];
}

/** How bad it is. @public */
export type Severity = 'info' | 'warning' | 'error';

/** How sure a finding is: somebody who must know said so, its words leave little else, or it is the best guess. @public */
export type Confidence = 'certain' | 'likely' | 'possible';

/** What a finding is about. @public */
export interface FindingObject {
  kind: string;
  namespace?: string;
  name: string;
}

/** The very words that a finding rests on. @public */
export interface FindingEvidence {
  kind:
    | 'report'
    | 'log'
    | 'condition'
    | 'event'
    | 'status'
    | 'field'
    | 'output';
  /** Where it stands, as `Pod/akko-minio-init-x7k2p`. */
  source: string;
  text: string;
  /** RFC 3339 in UTC. */
  at?: string;
  /** Of a log: counted from 1. */
  line?: number;
}

/** One thing to do. @public */
export interface FindingStep {
  text: string;
  /** To copy into a shell; quoted so that no name can break out, and without any secret. */
  command?: string;
}

/** What the portal offers to do about it. @public */
export type FindingAction =
  /** Run these jobs again, `after` the person did what the steps say. */
  | { type: 'rerun'; jobs: string[]; after?: string }
  | { type: 'backup'; backup: string; after?: string }
  /** Prove the backup again by a restore. */
  | { type: 'drill'; backup: string; after?: string }
  | { type: 'resume'; backup: string };

/** Something else that went wrong because of the root. @public */
export interface FindingConsequence {
  job: string;
  object: FindingObject;
  /** The rule that would have explained it alone. */
  rule: string;
  text: string;
}

/** A diagnosed problem. @public */
export interface DiagnosedFinding {
  /** The same for the same object, so that its problem can be followed while more of it becomes known. */
  id: string;
  /** Id of the rule, as `password-mismatch`. */
  rule: string;
  severity: Severity;
  title: string;
  /** In one sentence. */
  cause: string;
  confidence: Confidence;
  object: FindingObject;
  /** Instance: namespace and release. */
  namespace?: string;
  release?: string;
  /** Init job or backup, as `minio-init`. */
  job?: string;
  /** Uid of the Job object. */
  jobUid?: string;
  /** What several instances may have in common, as `target-refused akko-postgresql:5432`. */
  causeKey: string;
  evidence: FindingEvidence[];
  steps: FindingStep[];
  action?: FindingAction;
  /** Where more is told. */
  link?: string;
  /** When it began, as far as the evidence tells. RFC 3339 in UTC. */
  since?: string;
  consequences: FindingConsequence[];
}
