export {
  ClusterCallError,
  type ClusterCallErrorKind,
} from './ClusterCallError';
export { SystemClock, type Clock, type Timer } from './clock';
export {
  createFleet,
  KubernetesFleet,
  type FleetOptions,
} from './KubernetesFleet';
export type * from './types';
