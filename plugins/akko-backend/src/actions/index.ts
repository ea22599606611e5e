import { registerChangeActions } from './changeActions';
import { registerReadActions } from './readActions';
import type { ActionOptions } from './types';

export { ActionDoor } from './ActionDoor';

/** Registers the plugin's actions: for automation, scaffolder templates, and MCP clients. */
export function registerActions(options: ActionOptions): void {
  registerReadActions(options);
  registerChangeActions(options);
}
