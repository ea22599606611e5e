export { AkkoApiError } from './AkkoApiError';
export {
  AkkoClient,
  type AkkoClientOptions,
  type FindingQuery,
  type InstanceQuery,
  type LogOptions,
  type PageOptions,
  type RunLog,
} from './AkkoClient';
