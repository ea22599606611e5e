/** A job of the catalogue, as far as its order is concerned. */
export interface Dependent {
  name: string;
  dependsOn: readonly string[];
}

/** A selected job and where it stands in the order. */
export interface PlacedJob {
  name: string;
  /** Selected jobs that it depends on, also by way of jobs that are not selected. */
  after: string[];
  /** 0 for those that wait for nobody; else one more than the last of those that it waits for. */
  wave: number;
}

/**
 * Puts selected jobs in waves by dependency. Jobs of a dependency cycle are taken as if the dependency that closes the cycle were not there.
 * @param catalogue - all jobs, in the order in which equals are to stand
 */
export function planWaves(
  catalogue: readonly Dependent[],
  selected: ReadonlySet<string>,
): PlacedJob[] {
  const byName = new Map(catalogue.map(job => [job.name, job]));
  const placed = new Map<string, PlacedJob>();
  const visiting = new Set<string>();

  const selectedBefore = (name: string, seen: Set<string>): string[] =>
    (byName.get(name)?.dependsOn ?? []).flatMap(dependency => {
      if (seen.has(dependency)) {
        return [];
      }
      seen.add(dependency);
      const further = selectedBefore(dependency, seen);
      return selected.has(dependency) ? [dependency, ...further] : further;
    });

  const place = (name: string): PlacedJob => {
    const known = placed.get(name);
    if (known) {
      return known;
    }
    visiting.add(name);
    const after = selectedBefore(name, new Set([name])).filter(
      other => !visiting.has(other),
    );
    const wave = Math.max(-1, ...after.map(other => place(other).wave)) + 1;
    visiting.delete(name);
    const job = { name, after, wave };
    placed.set(name, job);
    return job;
  };

  return catalogue
    .filter(({ name }) => selected.has(name))
    .map(({ name }) => place(name))
    .sort((a, b) => a.wave - b.wave);
}
