import { AUTHORIZED } from '../portal/token';
import type { Bench } from './types';

/** Asks Backstage's Kubernetes plugin, as its pages do, for the objects that a label selector finds. */
export async function askKubernetesPlugin(
  { portalUrl }: Bench,
  labelSelector: string,
): Promise<{ type: string; resources: unknown[] }[]> {
  const answer = await fetch(`${portalUrl}/api/kubernetes/services/akko`, {
    method: 'POST',
    headers: { ...AUTHORIZED, 'content-type': 'application/json' },
    body: JSON.stringify({
      auth: {},
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'akko',
          annotations: {
            'backstage.io/kubernetes-label-selector': labelSelector,
          },
        },
      },
    }),
  });
  if (!answer.ok) {
    throw new Error(
      `The Kubernetes plugin answered ${answer.status}: ${await answer.text()}`,
    );
  }
  const { items } = await answer.json();
  return items.flatMap((item: any) => item.resources);
}
