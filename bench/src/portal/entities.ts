import type { Entity } from '@backstage/catalog-model';

/** Entities by which the Kubernetes plugin is asked: `akko` selects the Jobs of the whole fleet, `akko-0001` those of one instance. */
export const entities: Entity[] = [
  component('akko', 'app.kubernetes.io/part-of=akko'),
  component('akko-0001', 'app.kubernetes.io/instance=akko-0001'),
];

function component(name: string, labelSelector: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'backstage.io/kubernetes-label-selector': labelSelector },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'platform' },
  };
}
