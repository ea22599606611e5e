/** What a cluster was asked, so that tests can say "no request was made". */
export class RequestCounters {
  private counts: Record<string, number> = {};
  private accepted = 0;

  /** All requests, refused and broken ones included. */
  get total(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  /** By `<verb> <resource>`, for example `list jobs` or `get pods/log`; by path where there is no resource. */
  get byVerbAndResource(): Readonly<Record<string, number>> {
    return { ...this.counts };
  }

  /** Connections ever accepted. */
  get connections(): number {
    return this.accepted;
  }

  count(verb: string, resource: string): void {
    const key = `${verb} ${resource}`;
    this.counts[key] = (this.counts[key] ?? 0) + 1;
  }

  connected(): void {
    this.accepted++;
  }

  reset(): void {
    this.counts = {};
    this.accepted = 0;
  }
}
