import { akkoOpenApiDocument } from '@akko/backstage-plugin-akko-common';
import type { DiscoveryService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import type { createDoor } from './door';

/** What {@link addOpenApiRoute} works with. */
export interface OpenApiRouteOptions {
  door: ReturnType<typeof createDoor>;
  discovery: DiscoveryService;
}

/**
 * The API's own description, with the address of this portal. What the API looks like is no secret, so that no permission is needed; but who
 * has no business with the portal is not told what runs on it.
 */
export function addOpenApiRoute(
  router: Router,
  { discovery, door }: OpenApiRouteOptions,
): void {
  router.get(
    '/openapi.json',
    door(async (_, response) => {
      const url = await discovery.getExternalBaseUrl('akko');
      response.json({ ...akkoOpenApiDocument, servers: [{ url }] });
    }),
  );
}
