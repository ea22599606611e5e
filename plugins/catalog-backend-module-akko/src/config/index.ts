export { readConfig } from './readConfig';
export type { AkkoProviderConfig, InstanceRule } from './types';
