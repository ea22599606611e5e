import KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import type RealmRepresentation from '@keycloak/keycloak-admin-client/lib/defs/realmRepresentation.js';
import type { JobContext } from '../core/Job';
import { JobError } from '../core/JobError';
import { waitUntilReady } from '../core/waitUntilReady';
import type { KeycloakConfig } from './keycloakConfig';
import {
  KEYCLOAK,
  keycloakError,
  signInError,
  statusOf,
} from './keycloakErrors';

/** What a session needs of its job. */
export type KeycloakContext = Pick<
  JobContext<{ waitSeconds: number; keycloak: KeycloakConfig }>,
  'config' | 'log' | 'secrets' | 'signal' | 'step'
>;

const TIMEOUT_SECONDS = 30;

/**
 * The Admin API of one realm. An administrator's token lives a minute, so every call takes a new one when the last is near its end, and
 * once more when Keycloak refuses it: it may have been started anew.
 */
export class KeycloakSession {
  private readonly credentials: { username: string; password: string };
  private signedIn?: KeycloakAdminClient;

  constructor(private readonly context: KeycloakContext) {
    const { config, secrets } = context;
    const { user, password } = config.keycloak;
    this.credentials = {
      username: secrets.readPublic(user, "name of Keycloak's administrator"),
      password: secrets.read(password, "password of Keycloak's administrator"),
    };
  }

  /** Name of the realm that is worked on. */
  get realm(): string {
    return this.context.config.keycloak.realm;
  }

  /** Where Keycloak is, for the words of an error. */
  get address(): string {
    return this.context.config.keycloak.url;
  }

  /**
   * Waits until Keycloak answers and has the realm: it may be imported after Keycloak's start.
   * @throws JobError `not-found`, when Keycloak is ready and has no such realm
   */
  async whenReady(): Promise<RealmRepresentation> {
    const { realm, address } = this;
    const absent = new JobError({
      code: 'service-unavailable',
      service: KEYCLOAK,
      message: `${KEYCLOAK} at ${address} has no realm ${realm}.`,
    });
    try {
      return await this.ask(`read the realm ${realm}`, async client => {
        const found = await client.realms.findOne({ realm });
        if (!found) {
          throw absent;
        }
        return found;
      });
    } catch (error) {
      if ((error as Error).cause !== absent) {
        throw error;
      }
      throw new JobError({
        code: 'not-found',
        service: KEYCLOAK,
        message: `${absent.message} It was not there within ${this.context.config.waitSeconds} s.`,
        nextStep: `See in Keycloak's log why the realm was not imported (it is imported only when Keycloak has no realm of that name), or correct keycloak.realm in the values; then run the job again.`,
      });
    }
  }

  /**
   * Makes one call, again while Keycloak does not answer or answers "not now", for as long as `waitSeconds`. It must be one that may be made twice.
   * @param doing - what is tried, as `create the client superset`
   */
  async ask<T>(
    doing: string,
    call: (client: KeycloakAdminClient) => Promise<T>,
    timeoutSeconds = TIMEOUT_SECONDS,
  ): Promise<T> {
    const { config, log, signal, step } = this.context;
    step(`asking ${KEYCLOAK} at ${this.address} to ${doing}`);
    return waitUntilReady({
      service: KEYCLOAK,
      address: this.address,
      seconds: config.waitSeconds,
      probe: async () => {
        try {
          return await this.callWithToken(call, timeoutSeconds);
        } catch (thrown) {
          signal.throwIfAborted();
          throw keycloakError(thrown, config.keycloak, doing);
        }
      },
      log,
      signal,
    });
  }

  private async callWithToken<T>(
    call: (client: KeycloakAdminClient) => Promise<T>,
    seconds: number,
  ): Promise<T> {
    try {
      return await call(await this.clientWithToken(seconds));
    } catch (thrown) {
      if (statusOf(thrown) !== 401) {
        throw thrown;
      }
      this.signedIn = undefined;
      return call(await this.clientWithToken(seconds));
    }
  }

  private async clientWithToken(seconds: number): Promise<KeycloakAdminClient> {
    if (!this.signedIn || this.signedIn.isTokenExpired()) {
      this.signedIn = await this.signIn();
    }
    const client = this.clientOf(this.realm, seconds);
    client.accessToken = this.signedIn.accessToken;
    return client;
  }

  private async signIn(): Promise<KeycloakAdminClient> {
    const { config, secrets, signal } = this.context;
    const { adminRealm, adminClientId } = config.keycloak;
    const client = this.clientOf(adminRealm, TIMEOUT_SECONDS);
    try {
      await client.auth({
        ...this.credentials,
        grantType: 'password',
        clientId: adminClientId,
      });
    } catch (thrown) {
      signal.throwIfAborted();
      throw signInError(thrown, config.keycloak);
    }
    secrets.remember(client.accessToken!);
    secrets.remember(client.refreshToken!);
    return client;
  }

  private clientOf(realmName: string, seconds: number): KeycloakAdminClient {
    return new KeycloakAdminClient({
      baseUrl: this.address,
      realmName,
      timeout: seconds * 1000,
    });
  }
}
