export { AkkoApiError } from './AkkoApiError';
export {
  AkkoClient,
  type AkkoClientOptions,
  type InstanceQuery,
  type LogOptions,
  type PageOptions,
  type RunLog,
} from './AkkoClient';
