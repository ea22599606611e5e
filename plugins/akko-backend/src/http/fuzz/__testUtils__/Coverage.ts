/** How often which operation was answered with which status. */
export class Coverage {
  private readonly counts = new Map<string, Map<number, number>>();

  /** @param operation - its id; undefined for what is for none */
  add(operation: string | undefined, status: number): void {
    const name = operation ?? 'no operation';
    const statuses = this.counts.get(name) ?? new Map<number, number>();
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    this.counts.set(name, statuses);
  }

  count(operation: string, status: number): number {
    return this.counts.get(operation)?.get(status) ?? 0;
  }

  /** How often an operation did what was asked. */
  successes(operation: string): number {
    return [200, 202]
      .map(status => this.count(operation, status))
      .reduce((sum, each) => sum + each);
  }

  /** All that came. */
  statuses(): number[] {
    const all = [...this.counts.values()].flatMap(each => [...each.keys()]);
    return [...new Set(all)].sort();
  }

  /** One line per operation, one column per status. */
  toString(): string {
    const statuses = this.statuses();
    const line = (name: string, cells: (string | number)[]) =>
      [name.padEnd(20), ...cells.map(cell => String(cell).padStart(6))].join(
        '',
      );
    return [
      line('', statuses),
      ...[...this.counts].sort().map(([name, counts]) =>
        line(
          name,
          statuses.map(status => counts.get(status) ?? '.'),
        ),
      ),
    ].join('\n');
  }
}
