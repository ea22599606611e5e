import { createPermissionRule } from '@backstage/plugin-permission-node';
// What Backstage's own rules are written with: its permission service turns them into JSON Schema.
import { z } from 'zod/v3';
import {
  akkoInstanceResourceRef,
  type InstanceResource,
} from './instanceResource';

/** One decision, for a single instance and for a list. */
function by<Params>(
  matches: (instance: InstanceResource, params: Params) => boolean,
) {
  return {
    resourceRef: akkoInstanceResourceRef,
    apply: matches,
    toQuery: (params: Params) => (instance: InstanceResource) =>
      matches(instance, params),
  };
}

/** Instances of these clusters. @public */
export const isCluster = createPermissionRule({
  name: 'IS_CLUSTER',
  description: 'Allow instances of the given clusters',
  paramsSchema: z.object({
    clusters: z.array(z.string()).describe('Names, as in akko.clusters'),
  }),
  ...by<{ clusters: string[] }>(({ cluster }, { clusters }) =>
    clusters.includes(cluster),
  ),
});

/** Instances in these namespaces, whatever the cluster. @public */
export const isNamespace = createPermissionRule({
  name: 'IS_NAMESPACE',
  description: 'Allow instances in the given namespaces',
  paramsSchema: z.object({
    namespaces: z.array(z.string()).describe('Names of Kubernetes namespaces'),
  }),
  ...by<{ namespaces: string[] }>(({ namespace }, { namespaces }) =>
    namespaces.includes(namespace),
  ),
});

/** These very instances. @public */
export const isInstance = createPermissionRule({
  name: 'IS_INSTANCE',
  description: 'Allow the given instances',
  paramsSchema: z.object({
    instances: z
      .array(z.string())
      .describe('Refs, each cluster/namespace/release'),
  }),
  ...by<{ instances: string[] }>(({ ref }, { instances }) =>
    instances.includes(ref),
  ),
});

/**
 * Instances whose job catalogue has a label. Whoever installs the chart writes the labels: give rights by them only where those people may
 * decide on the rights.
 * @public
 */
export const hasLabel = createPermissionRule({
  name: 'HAS_LABEL',
  description: 'Allow instances with the given label',
  paramsSchema: z.object({
    label: z.string().describe('Name of the label, as environment'),
    value: z
      .string()
      .optional()
      .describe('Its value; any value if it is left out'),
  }),
  ...by<{ label: string; value?: string }>(({ labels }, { label, value }) =>
    value === undefined
      ? Object.hasOwn(labels, label)
      : Object.hasOwn(labels, label) && labels[label] === value,
  ),
});

/** Instances whose catalog entity belongs to one of these; `ownershipEntityRefs` of a user are what to ask with. @public */
export const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description:
    'Allow instances whose catalog entity is owned by one of the given claims',
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity refs of users and groups, such as those of the user'),
  }),
  ...by<{ claims: string[] }>(({ owners }, { claims }) =>
    claims.some(claim => owners.includes(claim.toLocaleLowerCase('en-US'))),
  ),
});

/** All rules about instances. @public */
export const akkoInstanceRules = {
  isCluster,
  isNamespace,
  isInstance,
  hasLabel,
  isOwner,
};
