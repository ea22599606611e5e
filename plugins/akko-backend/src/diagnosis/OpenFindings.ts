import {
  stringifyInstanceRef,
  type Finding,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';

/** What is open of each instance, in memory: diagnosis writes it, views read it. */
export class OpenFindings {
  private readonly byInstance = new Map<string, readonly Finding[]>();

  /** Worst first. */
  of(ref: InstanceRef): readonly Finding[] {
    return this.byInstance.get(stringifyInstanceRef(ref)) ?? [];
  }

  set(ref: InstanceRef, findings: readonly Finding[]): void {
    const key = stringifyInstanceRef(ref);
    if (findings.length === 0) {
      this.byInstance.delete(key);
    } else {
      this.byInstance.set(key, findings);
    }
  }
}
