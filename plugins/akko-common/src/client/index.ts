export { AkkoApiError } from './AkkoApiError';
export {
  AkkoClient,
  type AkkoClientOptions,
  type BackupEntryFilter,
  type FindingQuery,
  type FleetBackupQuery,
  type InstanceQuery,
  type LogOptions,
  type PageOptions,
  type RunLog,
} from './AkkoClient';
