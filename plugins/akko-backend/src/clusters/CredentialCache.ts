import type { KubeConfig } from '@kubernetes/client-node';
import type { ClusterAccess } from '../config';
import type { Clock } from './clock';
import {
  loadKubeConfig,
  resolveCredentials,
  type Credentials,
} from './credentials';

const KEEP_MS = 60_000;
const RELOAD_AT_MOST_EVERY_MS = 30_000;
const RESOLVE_TIMEOUT_MS = 30_000;

/**
 * The credentials of one cluster, as fresh as they have to be: resolved again once a minute (rotated token files, exec plugins whose token
 * expired), and loaded from their source again after a refusal or a failed connection (rotated kubeconfig, certificate or CA).
 */
export class CredentialCache {
  private kubeConfig?: KubeConfig;
  private loadedAt = -Infinity;
  private resolved?: { credentials: Credentials; at: number };
  private pending?: Promise<Credentials>;

  constructor(
    private readonly access: ClusterAccess,
    private readonly clock: Clock,
  ) {}

  /** @throws Error where they cannot be loaded; the next call tries again */
  async current(): Promise<Credentials> {
    if (this.resolved && this.clock.now() - this.resolved.at < KEEP_MS) {
      return this.resolved.credentials;
    }
    this.pending ??= this.resolve().finally(() => {
      this.pending = undefined;
    });
    return this.pending;
  }

  /** Credentials other than those that were refused, if there are any. */
  async refresh(refused: Credentials): Promise<Credentials> {
    // Several calls may be refused at once; the first one refreshes for all.
    if (this.resolved?.credentials === refused) {
      this.forget();
    }
    return this.current();
  }

  /** Called after a failed connection: certificates may have been rotated. */
  suspect(): void {
    if (this.clock.now() - this.loadedAt >= RELOAD_AT_MOST_EVERY_MS) {
      this.forget();
    }
  }

  private forget(): void {
    this.kubeConfig = undefined;
    this.resolved = undefined;
  }

  private async resolve(): Promise<Credentials> {
    if (!this.kubeConfig) {
      this.kubeConfig = loadKubeConfig(this.access);
      this.loadedAt = this.clock.now();
    }
    const credentials = await this.withTimeout(
      resolveCredentials(this.kubeConfig),
    );
    this.resolved = { credentials, at: this.clock.now() };
    return credentials;
  }

  private withTimeout(work: Promise<Credentials>): Promise<Credentials> {
    return new Promise((resolve, reject) => {
      const timer = this.clock.after(RESOLVE_TIMEOUT_MS, () => {
        reject(
          new Error(
            `the credentials were not there within ${
              RESOLVE_TIMEOUT_MS / 1000
            } s; check the exec plugin of the kubeconfig`,
          ),
        );
      });
      work.then(resolve, reject).finally(() => timer.cancel());
    });
  }
}
