import type { Rule } from '@akko/backstage-plugin-akko-common';
import { createExtensionPoint } from '@backstage/backend-plugin-api';

/** Takes more rules for the diagnosis. @public */
export interface AkkoDiagnosisExtensionPoint {
  /**
   * Adds a rule, which is asked before the built-in ones, in the order of adding.
   * @throws Error when another added rule has the same id
   */
  addRule(rule: Rule): void;
}

/**
 * Where other modules add rules:
 *
 * ```ts
 * createBackendModule({
 *   pluginId: 'akko',
 *   moduleId: 'my-rules',
 *   register(env) {
 *     env.registerInit({
 *       deps: { diagnosis: akkoDiagnosisExtensionPoint },
 *       async init({ diagnosis }) {
 *         diagnosis.addRule(vaultSealed);
 *       },
 *     });
 *   },
 * });
 * ```
 *
 * @public
 */
export const akkoDiagnosisExtensionPoint =
  createExtensionPoint<AkkoDiagnosisExtensionPoint>({ id: 'akko.diagnosis' });
