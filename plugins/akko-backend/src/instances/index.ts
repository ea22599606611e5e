export {
  FleetInstanceService,
  type FleetInstanceServiceOptions,
} from './FleetInstanceService';
export { identify } from './identify';
export { InstanceSnapshotStore } from './InstanceSnapshotStore';
export type * from './types';
