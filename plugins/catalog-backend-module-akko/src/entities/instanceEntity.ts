import {
  ANNOTATION_INSTANCE,
  stringifyInstanceRef,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { ResourceEntity } from '@backstage/catalog-model';
import type { AkkoProviderConfig } from '../config';
import { belongingOf } from './belongingOf';
import { entityName } from './entityName';
import { entityLabels } from './labels';
import { locationAnnotations } from './location';

/** What an entity says of an instance. Nothing that changes while the instance runs: each change writes the catalog and its search anew. */
export interface InstanceFacts {
  ref: InstanceRef;
  /** Of the cluster. */
  clusterTitle: string;
  /** That `akko.instances` gives; undefined where nobody gave one. */
  title?: string;
  /** Of the job catalogue. */
  labels?: Readonly<Record<string, string>>;
}

/** Many releases have the same name, and lists of the catalog show titles only. */
function titleOf({ clusterTitle, ref, title }: InstanceFacts): string {
  const { namespace, release } = ref;
  return (
    title ??
    [release, ...(namespace === release ? [] : [namespace]), clusterTitle].join(
      ' · ',
    )
  );
}

/** The entity that stands for an instance. */
export function instanceEntity(
  facts: InstanceFacts,
  config: AkkoProviderConfig,
): ResourceEntity {
  const { clusterTitle, ref } = facts;
  const address = stringifyInstanceRef(ref);
  const { owner, system, title } = belongingOf(ref, facts.labels, config);
  const labels = entityLabels(facts.labels);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: entityName(ref),
      namespace: config.namespace,
      title: title ?? titleOf(facts),
      description: `AKKO of release ${ref.release} in namespace ${ref.namespace} of cluster ${clusterTitle}`,
      annotations: {
        [ANNOTATION_INSTANCE]: address,
        ...locationAnnotations(address),
        ...(config.kubernetesAnnotations && kubernetesAnnotations(ref)),
      },
      ...(labels && { labels }),
      tags: ['akko'],
      ...(config.portalUrl && {
        links: [
          {
            url: `${config.portalUrl}/akko/${address
              .split('/')
              .map(encodeURIComponent)
              .join('/')}`,
            title: 'Bootstrap and backups',
            icon: 'dashboard',
            type: 'dashboard',
          },
        ],
      }),
    },
    spec: { type: 'akko-instance', owner, ...(system && { system }) },
  };
}

/** What the Kubernetes plugin finds the release's workloads by. */
function kubernetesAnnotations({ cluster, namespace, release }: InstanceRef) {
  return {
    'backstage.io/kubernetes-cluster': cluster,
    'backstage.io/kubernetes-namespace': namespace,
    'backstage.io/kubernetes-label-selector': `app.kubernetes.io/instance=${release}`,
  };
}
