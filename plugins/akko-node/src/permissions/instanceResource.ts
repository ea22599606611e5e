import { RESOURCE_TYPE_INSTANCE } from '@akko/backstage-plugin-akko-common';
import { createPermissionResourceRef } from '@backstage/plugin-permission-node';

/** What policies can ask about an AKKO instance. @public */
export interface InstanceResource {
  /** `cluster/namespace/release`. */
  ref: string;
  cluster: string;
  namespace: string;
  release: string;
  /** Labels of its job catalogue, as `environment: production`; whoever installs the chart writes them. */
  labels: Readonly<Record<string, string>>;
  /** Entity refs of those whom its catalog entities belong to, in lower case. */
  owners: readonly string[];
}

/** Chooses instances of a list. @public */
export type InstancePredicate = (instance: InstanceResource) => boolean;

/** Resource `akko-instance` of the plugin `akko`. @public */
export const akkoInstanceResourceRef = createPermissionResourceRef<
  InstanceResource,
  InstancePredicate
>().with({ pluginId: 'akko', resourceType: RESOURCE_TYPE_INSTANCE });
