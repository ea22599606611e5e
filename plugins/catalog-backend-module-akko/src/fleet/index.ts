export { gatherInstances } from './gatherInstances';
export { HttpAkkoApi } from './HttpAkkoApi';
export { readCatalog } from './readCatalog';
export type { AkkoApi, ListedInstance, PublishedInstance } from './types';
