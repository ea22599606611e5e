import type {
  ChartRemark,
  DiagnosedFinding,
} from '@akko/backstage-plugin-akko-common';

const MARKS: Readonly<Record<DiagnosedFinding['severity'], string>> = {
  error: '✕',
  warning: '!',
  info: 'i',
};

function lines(finding: DiagnosedFinding): string[] {
  const { object } = finding;
  const where = [finding.namespace, finding.release].filter(Boolean).join('/');
  return [
    `${MARKS[finding.severity]} ${finding.job ? `${finding.job}: ` : ''}${
      finding.title
    }`,
    `  ${finding.cause}`,
    `  ${where ? `${where} · ` : ''}${object.kind}/${object.name} · ${
      finding.rule
    } · ${finding.confidence}${finding.since ? ` · ${finding.since}` : ''}`,
    ...finding.evidence.map(
      ({ source, text, line }) =>
        `  > ${source}${line ? `:${line}` : ''}  ${text}`,
    ),
    ...finding.steps.flatMap(({ text, command }, index) => [
      `  ${index + 1}. ${text}`,
      ...(command ? [`     ${command}`] : []),
    ]),
    ...(finding.action?.type === 'rerun'
      ? [
          `  Then run again: ${finding.action.jobs.join(', ')}${
            finding.action.after ? ` (when ${finding.action.after})` : ''
          }`,
        ]
      : []),
    ...finding.consequences.map(({ job, text }) => `  └ ${job}: ${text}`),
  ];
}

/** Findings as a person reads them. */
export function printFindings(findings: readonly DiagnosedFinding[]): string {
  return findings.length === 0
    ? 'Nothing is wrong as far as can be told from what is there.'
    : findings.map(finding => lines(finding).join('\n')).join('\n\n');
}

/** Remarks on the chart as a person reads them. */
export function printRemarks(remarks: readonly ChartRemark[]): string {
  return remarks.length === 0
    ? 'The chart is easy to operate.'
    : remarks
        .map(
          ({ advice, field, object, rule, text }) =>
            `- ${object.kind}/${object.name}: ${field}\n  ${text} ${advice} (${rule})`,
        )
        .join('\n');
}
