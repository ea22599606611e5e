import type {
  BackupFreshness,
  Instance,
  InstanceSummary,
  InstanceHealth,
  InstanceRef,
  HealthTotals,
  KnownJob,
} from '@akko/backstage-plugin-akko-common';
import type { V1CronJob, V1Job } from '@kubernetes/client-node';

/** Which init job or backup of which instance a Kubernetes Job is. */
export interface JobIdentity {
  instance: InstanceRef;
  /** Init job or backup name, such as minio-init. */
  name: string;
  kind: 'init' | 'backup' | 'drill';
}

/** One entry of the chart's job catalogue (architecture §8), or of {@link KnownJob} where the chart has none. */
export interface CataloguedJob
  extends Pick<KnownJob, 'name' | 'title' | 'dependsOn'> {
  enabled: boolean;
  checksum?: string;
  /** Written by the sandbox only: whether its runs are scenarios, or those of the program. */
  simulated?: boolean;
  /** The Job as `kubectl create -f` takes it; undefined for disabled jobs and charts without a catalogue. */
  manifest?: V1Job;
}

export interface CataloguedBackup {
  name: string;
  title: string;
  enabled: boolean;
  schedule?: string;
  timeZone?: string;
  retention?: number;
  /** See {@link CataloguedJob}. */
  simulated?: boolean;
}

/** The job that proves a backup; the chart pairs them by name, `drill-postgres` with `backup-postgres`. */
export interface CataloguedDrill {
  name: string;
  title: string;
  enabled: boolean;
  schedule?: string;
  timeZone?: string;
}

/** What should be there. */
export interface JobCatalogue {
  /** False when made from {@link KnownJob}s and what is on the cluster. */
  fromChart: boolean;
  chart?: string;
  revision?: number;
  /** Whether Helm runs the Jobs as hooks; undefined where the chart does not say. */
  useHelmHooks?: boolean;
  /** What its labels say of the instance; undefined where they say nothing. */
  labels?: Record<string, string>;
  jobs: CataloguedJob[];
  backups: CataloguedBackup[];
  drills: CataloguedDrill[];
}

export interface InstanceFilter {
  cluster?: string;
  namespace?: string;
  health?: InstanceHealth;
  /** Of the worst backup. */
  freshness?: BackupFreshness;
  q?: string;
  /** `attention` if left out. */
  order?: 'attention' | 'protection';
  /** Others do not exist for who asks: they are neither listed nor counted. */
  where?: (ref: InstanceRef) => boolean;
}

/** An instance as it is, whoever asks. */
export type KnownInstance = Omit<Instance, 'permissions'>;

/** The same in a list. */
export type KnownSummary = Omit<InstanceSummary, 'permissions'>;

/** Views of instances, made from the mirrors and the history; no call reaches a cluster. */
export interface InstanceService {
  /** Sorted: needs attention first (or least protected first), then by ref. Totals count what matches the filter without `health`. */
  list(
    filter: InstanceFilter,
  ): Promise<{ items: KnownSummary[]; totals: HealthTotals }>;
  get(ref: InstanceRef): Promise<KnownInstance | undefined>;
  /** Every instance that is listed. */
  refs(): InstanceRef[];
  /** Whether it is listed. */
  has(ref: InstanceRef): boolean;
  /** Labels of the instance's job catalogue, without those that every chart has. */
  labels(ref: InstanceRef): Readonly<Record<string, string>>;
  /** CronJob of a backup or drill, as the mirror has it. */
  cronJob(ref: InstanceRef, name: string): V1CronJob | undefined;
  /** The catalogue of an instance; undefined for an unknown instance. */
  catalogue(ref: InstanceRef): Promise<JobCatalogue | undefined>;
  /** The live Job of an init job or undefined. The newest, if there are several. */
  liveJob(ref: InstanceRef, name: string): V1Job | undefined;
  /** Which instance and job this Kubernetes Job belongs to; undefined for Jobs that are not AKKO's. */
  identify(cluster: string, job: V1Job): JobIdentity | undefined;
}
