export { CHECKPOINTS, type Checkpoint } from './checkpoints';
export { DatabaseOperationStore } from './DatabaseOperationStore';
export {
  DurableOperationService,
  type DurableOperationServiceOptions,
} from './DurableOperationService';
export type { OperationStore } from './OperationStore';
export type * from './types';
