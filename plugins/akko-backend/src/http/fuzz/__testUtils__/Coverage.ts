import type { ApiDocument } from './ApiDocument';

/** How often which operation was answered with which status. */
export class Coverage {
  private readonly counts = new Map<string, Map<number, number>>();

  constructor(private readonly document: ApiDocument) {}

  /** @param operation - its id; undefined for what is for none */
  add(operation: string | undefined, status: number): void {
    const name = operation ?? 'no operation';
    const statuses = this.counts.get(name) ?? new Map<number, number>();
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    this.counts.set(name, statuses);
  }

  /** How often an operation did what was asked. */
  successes(operation: string): number {
    return [...(this.counts.get(operation) ?? [])]
      .filter(([status]) => status < 300)
      .reduce((sum, [, count]) => sum + count, 0);
  }

  /** Documented answers that never came. */
  missing(): string[] {
    return this.document.operations.flatMap(({ id, responses }) =>
      Object.keys(responses)
        .filter(status => !this.counts.get(id)?.has(Number(status)))
        .map(status => `${id} ${status}`),
    );
  }

  /** One line per operation, one column per status. */
  toString(): string {
    const statuses = [
      ...new Set([...this.counts.values()].flatMap(each => [...each.keys()])),
    ].sort();
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
