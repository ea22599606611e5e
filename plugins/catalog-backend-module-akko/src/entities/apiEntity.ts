import type { ApiEntity } from '@backstage/catalog-model';
import type { AkkoProviderConfig } from '../config';
import { UNKNOWN_OWNER } from './belongingOf';
import { locationAnnotations } from './location';

/**
 * The entity of the HTTP API that the portal has for automation.
 *
 * @param definition - its OpenAPI document
 */
export function apiEntity(
  definition: string,
  { namespace, owner, system }: AkkoProviderConfig,
): ApiEntity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: {
      name: 'akko',
      namespace,
      title: 'AKKO',
      description:
        'Bootstrap, backups and their history of AKKO instances, for programs and pipelines',
      annotations: locationAnnotations('openapi.json'),
      tags: ['akko'],
    },
    spec: {
      type: 'openapi',
      lifecycle: 'production',
      owner: owner ?? UNKNOWN_OWNER,
      ...(system && { system }),
      definition,
    },
  };
}
