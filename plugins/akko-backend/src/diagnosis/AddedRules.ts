import type { Rule } from '@akko/backstage-plugin-akko-common';
import type { AkkoDiagnosisExtensionPoint } from '@akko/backstage-plugin-akko-node';

/** Rules of other modules, in the order of adding. */
export class AddedRules implements AkkoDiagnosisExtensionPoint {
  private readonly rules: Rule[] = [];

  addRule(rule: Rule): void {
    if (this.rules.some(({ id }) => id === rule.id)) {
      throw new Error(
        `The diagnosis rule ${rule.id} was added before. Give one of them another id.`,
      );
    }
    this.rules.push(rule);
  }

  all(): readonly Rule[] {
    return this.rules;
  }
}
