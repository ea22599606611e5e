/** Addresses of an instance's pages in the portal. */
export class Links {
  private readonly base: string;

  /**
   * @param portalUrl - `app.baseUrl`
   * @param ref - `cluster/namespace/release`
   */
  constructor(portalUrl: string, ref: string) {
    const path = ref.split('/').map(encodeURIComponent).join('/');
    this.base = `${portalUrl.replace(/\/+$/, '')}/akko/${path}`;
  }

  /** What was asked for and done. */
  get activity(): string {
    return `${this.base}?tab=activity`;
  }

  /** The backups with their ledgers. */
  get backups(): string {
    return `${this.base}?tab=backups`;
  }

  /** One run with its log. */
  run(id: string): string {
    return `${this.base}/runs/${encodeURIComponent(id)}`;
  }
}
