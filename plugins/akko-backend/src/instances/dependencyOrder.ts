/**
 * Orders jobs so that each comes after those it depends on, otherwise as given. Unknown dependencies and cycles do not lose a job: a cycle's
 * jobs keep the given order.
 */
export function inDependencyOrder<
  T extends { name: string; dependsOn: string[] },
>(jobs: readonly T[]): T[] {
  const byName = new Map(jobs.map(job => [job.name, job]));
  const ordered = new Set<T>();
  const visiting = new Set<T>();
  const visit = (job: T) => {
    if (ordered.has(job) || visiting.has(job)) {
      return;
    }
    visiting.add(job);
    for (const name of job.dependsOn) {
      const dependency = byName.get(name);
      if (dependency) {
        visit(dependency);
      }
    }
    ordered.add(job);
  };
  jobs.forEach(visit);
  return [...ordered];
}
