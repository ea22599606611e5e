import type { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';

/** What the configuration says of some instances. */
export interface InstanceRule {
  /** All clusters where it is undefined; so for the next two. */
  cluster?: string;
  namespace?: string;
  release?: string;
  /** Entity ref of a group or user. */
  owner?: string;
  /** Entity ref of a system. */
  system?: string;
  title?: string;
}

/** `catalog.providers.akko`, read; entity refs are whole, as group:default/platform. */
export interface AkkoProviderConfig {
  schedule: SchedulerServiceTaskScheduleDefinition;
  /** Of the entities. */
  namespace: string;
  owner?: string;
  system?: string;
  /** Labels of the instance win over {@link AkkoProviderConfig.owner} and {@link AkkoProviderConfig.system}. */
  trustLabels: boolean;
  skipAnnotated: boolean;
  kubernetesAnnotations: boolean;
  /** The first that fits is taken. */
  instances: readonly InstanceRule[];
  /** `akko.ownership.trustedLocations`: beginnings of the origin locations whose hand-written entities count. */
  trustedLocations: readonly string[];
  /** `app.baseUrl` without a slash at its end. */
  portalUrl?: string;
}
