import type { ResourceName } from '../types';
import {
  configMapStrategy,
  eventStrategy,
  namespaceStrategy,
  persistentVolumeClaimStrategy,
  secretStrategy,
  serviceAccountStrategy,
} from './core';
import { cronJobStrategy } from './cronJob';
import { jobStrategy } from './job';
import { podStrategy } from './pod';
import type { Strategy } from './types';

const strategies: Record<ResourceName, Strategy> = {
  configmaps: configMapStrategy,
  cronjobs: cronJobStrategy,
  events: eventStrategy,
  jobs: jobStrategy,
  namespaces: namespaceStrategy,
  persistentvolumeclaims: persistentVolumeClaimStrategy,
  pods: podStrategy,
  secrets: secretStrategy,
  serviceaccounts: serviceAccountStrategy,
};

/** Defaults and checks of a kind. */
export function strategyOf(resource: ResourceName): Strategy {
  return strategies[resource];
}
