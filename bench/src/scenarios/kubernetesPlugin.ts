import { entities } from '../portal/entities';
import { AUTHORIZED } from '../portal/token';
import type { Bench } from './types';

/** Asks Backstage's Kubernetes plugin, as its pages do, for the objects of an entity. @param name - of one of `portal/entities` */
export async function askKubernetesPlugin(
  { portalUrl }: Bench,
  name: string,
): Promise<{ type: string; resources: unknown[] }[]> {
  const entity = entities.find(({ metadata }) => metadata.name === name);
  const answer = await fetch(`${portalUrl}/api/kubernetes/services/${name}`, {
    method: 'POST',
    headers: { ...AUTHORIZED, 'content-type': 'application/json' },
    body: JSON.stringify({ auth: {}, entity }),
  });
  if (!answer.ok) {
    throw new Error(
      `The Kubernetes plugin answered ${answer.status}: ${await answer.text()}`,
    );
  }
  const { items } = await answer.json();
  return items.flatMap((item: any) => item.resources);
}
