export { DatabaseRunStore } from './DatabaseRunStore';
export {
  FleetRunRecorder,
  type FleetRunRecorderOptions,
} from './FleetRunRecorder';
export { isoTime } from './kubernetesTime';
export { DEFAULT_LOG_LIMITS, readLog, type LogLimits } from './readLog';
export { DEFAULT_RETENTION_DAYS, scheduleRetention } from './retention';
export { runIdOf } from './runId';
export { runStateOfJob, type JobOutcome } from './runStateOfJob';
export { ANNOTATION_VIA, triggerOfJob } from './triggerOfJob';
export type * from './types';
