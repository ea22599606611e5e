import {
  diagnose,
  type DiagnosedFinding,
} from '@akko/backstage-plugin-akko-common';
import { performance } from 'node:perf_hooks';
import type { Case } from './corpus';

export interface Score {
  name: string;
  expected: string;
  found: string;
  right: boolean;
  /** Nothing was wrong, and something was said. */
  falseAlarm: boolean;
  milliseconds: number;
}

const ROUNDS = 15;

function described(finding: DiagnosedFinding | undefined): string {
  return finding ? `${finding.rule} of ${finding.job ?? '?'}` : 'nothing';
}

/** Whether the first finding is the one that was written down, and how long it took (median). */
export function score({ name, label, evidence }: Case): Score {
  const times: number[] = [];
  let findings: DiagnosedFinding[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    findings = diagnose(evidence);
    times.push(performance.now() - begun);
  }
  // What is only for information is no alarm.
  const [first] = findings.filter(({ severity }) => severity !== 'info');
  const { rule, job } = label.expected;
  const top = first ?? (rule === null ? undefined : findings[0]);
  const right =
    rule === null
      ? top === undefined
      : top !== undefined &&
        [rule, ...(label.acceptable ?? [])].includes(top.rule) &&
        (job === undefined || job === top.job);
  return {
    name,
    expected: rule === null ? 'nothing' : `${rule} of ${job ?? '?'}`,
    found: described(top),
    right,
    falseAlarm: rule === null && top !== undefined,
    milliseconds: times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)],
  };
}
