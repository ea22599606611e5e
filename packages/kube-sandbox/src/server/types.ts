import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock/types';
import type { InMemoryObjectStore } from '../store/InMemoryObjectStore';
import type { Random } from '../store/random';
import type { ResourceDefinition } from '../store/resources';
import type { PodLogSource } from '../store/types';
import type { User } from './access';
import type { RequestInfo } from './requestInfo';

/** What every handler works on. */
export interface ServerContext {
  store: InMemoryObjectStore;
  clock: Clock;
  random: Random;
  /** Absent while no runtime is attached; logs are then empty. */
  logs?: PodLogSource;
}

/** One request, understood and allowed. */
export interface Call {
  context: ServerContext;
  info: RequestInfo;
  user: User;
  request: IncomingMessage;
  response: ServerResponse;
}

/** A call on a resource that the sandbox serves. */
export type ResourceCall = Call & { definition: ResourceDefinition };
