export { apiEntity } from './apiEntity';
export { instanceEntity, type InstanceFacts } from './instanceEntity';
export { isOfProvider, originOf } from './location';
