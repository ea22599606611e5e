import type {
  Cluster,
  InstanceRef,
  InstanceSummary,
} from '@akko/backstage-plugin-akko-common';

/** What of an instance is read. */
export type ListedInstance = Pick<
  InstanceSummary,
  'cluster' | 'namespace' | 'release' | 'title' | 'labels' | 'stale'
>;

/** What the provider asks the akko plugin. Every method throws when it gets no answer, or one that is an error. */
export interface AkkoApi {
  clusters(): Promise<Cluster[]>;
  /** All of them. */
  instances(): Promise<ListedInstance[]>;
  /** @returns undefined where there is no such instance */
  instance(ref: InstanceRef): Promise<ListedInstance | undefined>;
  /** The OpenAPI document. @returns undefined where the plugin has none */
  openApi(): Promise<string | undefined>;
}

/** An instance that the catalog has an entity of, from an earlier run. */
export interface PublishedInstance {
  ref: InstanceRef;
  labels?: Record<string, string>;
}
