import { KNOWN_JOBS } from '../jobs';
import type { JobFacts } from './model/types';
import type { DiagnosedFinding } from './types';

/** With these a job says that something else is not there or not ready: where a job that it depends on has failed, that is why. */
const FOLLOWS_FROM_ANOTHER = new Set([
  'target-refused',
  'target-timeout',
  'target-name-unknown',
  'target-server-error',
  'polaris-initialising',
  'database-missing',
  'bucket-missing',
  'keycloak-realm-missing',
  'superset-table-missing',
  'deadline-exceeded',
  'backoff-limit-exceeded',
]);

/** All that a job depends on, however far. */
function dependenciesOf(job: JobFacts, jobs: readonly JobFacts[]): Set<string> {
  const found = new Set<string>();
  const visit = (names: readonly string[]) => {
    for (const name of names) {
      if (!found.has(name) && name !== job.name) {
        found.add(name);
        visit(
          jobs.find(
            other =>
              other.name === name &&
              other.release === job.release &&
              other.namespace === job.namespace,
          )?.dependsOn ??
            KNOWN_JOBS.find(known => known.name === name)?.dependsOn ??
            [],
        );
      }
    }
  };
  visit(job.dependsOn);
  return found;
}

/** Where a job stands in the order of dependency; others come last. */
export function rankOfJob(name: string | undefined): number {
  const index = KNOWN_JOBS.findIndex(known => known.name === name);
  return index === -1 ? KNOWN_JOBS.length : index;
}

/** Puts under a root what follows from it: the same cause met by another job, or a job that needs the failed one. */
export function fold(
  findings: readonly DiagnosedFinding[],
  jobs: readonly JobFacts[],
): DiagnosedFinding[] {
  const roots: DiagnosedFinding[] = [];
  const ordered = [...findings].sort(
    (a, b) => rankOfJob(a.job) - rankOfJob(b.job),
  );
  for (const finding of ordered) {
    const job = jobs.find(
      each =>
        each.name === finding.job &&
        each.release === finding.release &&
        each.namespace === finding.namespace,
    );
    const needs = job ? dependenciesOf(job, jobs) : new Set<string>();
    const root =
      finding.job &&
      roots.find(
        other =>
          other.job &&
          other.severity !== 'info' &&
          other.namespace === finding.namespace &&
          other.release === finding.release &&
          (other.causeKey === finding.causeKey ||
            (needs.has(other.job) && FOLLOWS_FROM_ANOTHER.has(finding.rule))),
      );
    if (root) {
      root.consequences.push({
        job: finding.job!,
        object: finding.object,
        rule: finding.rule,
        text: finding.title,
      });
      if (root.action?.type === 'rerun' && finding.action?.type === 'rerun') {
        root.action = {
          ...root.action,
          jobs: [...new Set([...root.action.jobs, ...finding.action.jobs])],
        };
      }
    } else {
      roots.push(finding);
    }
  }
  return roots;
}
