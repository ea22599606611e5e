import type { Finding, InitJob } from '@akko/backstage-plugin-akko-common';
import type { BackupAsk } from '../backups/backupAsk';

/** The title of a finding, a summary or a group of findings. It is the backend's; titles in other languages would be looked up here, by the rule. */
export function findingTitle({ title }: Pick<Finding, 'rule' | 'title'>) {
  return title;
}

/** Jobs that have failed because of a finding. */
export function failedWith({ consequences, job }: Finding): string[] {
  return [...new Set(consequences.map(consequence => consequence.job))].filter(
    name => name !== job,
  );
}

/** Jobs that do not start because of a finding: they wait for its job, or for one that failed with it. */
export function waitingFor(
  finding: Finding,
  jobs: readonly InitJob[],
): string[] {
  const failed = new Set([finding.job, ...failedWith(finding)]);
  return jobs
    .filter(
      ({ state, waitingFor: needs }) =>
        state === 'pending' && needs?.some(need => failed.has(need)),
    )
    .map(({ name }) => name);
}

/** Whether a finding tells why a job failed, so that nothing else has to. */
export function isExplained(
  job: string,
  findings: readonly Finding[],
): boolean {
  return findings.some(
    finding =>
      finding.severity === 'error' &&
      (finding.job === job || failedWith(finding).includes(job)),
  );
}

/** Whether a finding says a sentence, in its own words or as evidence. */
export function saysTheSame(finding: Finding, sentence: string): boolean {
  const bare = (words: string) =>
    words
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/[.…]+$/, '')
      .toLowerCase();
  const wanted = bare(sentence);
  return [
    finding.title,
    finding.cause,
    ...finding.evidence.map(({ text }) => text),
  ].some(words => bare(words).includes(wanted));
}

/** Jobs that are to run again once the finding is mended; empty where the portal does not offer that. */
export function jobsToRerun({ action, job }: Finding): string[] {
  return action?.type === 'rerun' ? action.jobs ?? (job ? [job] : []) : [];
}

/** What is to be done with a backup about the finding; undefined where the portal does not offer that. */
export function backupToAsk({
  action,
  job,
}: Finding):
  | (BackupAsk & { action: Exclude<BackupAsk['action'], 'suspend'> })
  | undefined {
  const backup = action?.backup ?? job;
  return action && action.type !== 'rerun' && backup
    ? { action: action.type, backup }
    : undefined;
}
