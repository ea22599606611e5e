import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { Verbs } from '../verbs';
import type { ActionDoor } from './ActionDoor';

/** What registered actions work with. */
export interface ActionOptions {
  actionsRegistry: ActionsRegistryService;
  door: ActionDoor;
  verbs: Verbs;
  /** Address of an instance's page in the portal. */
  linkOf(ref: string): string;
}
