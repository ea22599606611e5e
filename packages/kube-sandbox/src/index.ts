/**
 * A Kubernetes API server in memory, over real HTTP(S), for demos and tests.
 *
 * @packageDocumentation
 */
export { Sandbox, type SandboxOptions } from './Sandbox';
export { SandboxCluster, type SandboxClusterOptions } from './SandboxCluster';
export { SystemClock } from './clock/SystemClock';
export { VirtualClock } from './clock/VirtualClock';
export type { Clock, Timer } from './clock/types';
export type { WorkloadOptions } from './controllers/startControllers';
export { ContainerLogs, type LogLine } from './runtime/ContainerLogs';
export {
  scenarioSchema,
  type Scenario,
  type ScenarioPerformance,
  type ScenarioStart,
} from './runtime/scenario';
export { FaultInjector, type Fault } from './faults/FaultInjector';
export type { AccessRule, AccessToken } from './server/access';
export { RequestCounters } from './server/RequestCounters';
export { StatusError, type Status } from './store/StatusError';
export { InMemoryObjectStore } from './store/InMemoryObjectStore';
export type {
  DeleteOptions,
  KubernetesObject,
  NewObject,
  ObjectMeta,
  ObjectStore,
  OwnerReference,
  PodLogSource,
  PropagationPolicy,
  ResourceName,
  StoreEvent,
} from './store/types';
