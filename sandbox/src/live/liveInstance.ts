import { backupNames, initJobNames } from '../jobs';

/** The cluster of the live instance alone: what has no scenario there runs as a process of this machine. */
export const liveCluster = 'local';

/** Name, namespace and release of the live instance are those that rendered.yaml was made with; see render.mjs. */
export const liveNamespace = 'akko-live';
export const liveRelease = 'live';

/** Jobs that run the chart's program against the services of this machine. PostgreSQL comes without `pg_dump`, so its backup is a scenario. */
const realJobs = [
  'postgres-init',
  'postgres-data-init',
  'minio-init',
  'backup-minio',
  'drill-minio',
];

/** Whether the runs of a job of the live instance are scenarios. */
export function isSimulated(job: string): boolean {
  return !realJobs.includes(job);
}

/** Jobs of the live instance that have scenarios. */
export const simulatedJobs = [...initJobNames, ...backupNames].filter(
  isSimulated,
);
