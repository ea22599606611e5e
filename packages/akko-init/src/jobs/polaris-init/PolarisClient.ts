import type { JobContext } from '../../core/Job';
import { JobError } from '../../core/JobError';
import { waitUntilReady } from '../../core/waitUntilReady';
import {
  codeOfStatus,
  HttpClient,
  type HttpAnswer,
  type HttpQuestion,
} from '../../http/HttpClient';
import type { PolarisInitConfig } from './config';

/** The name of the service in errors and reports. */
export const POLARIS = 'polaris';

/** A token is renewed when it has less than this left. */
const NEAR_END_MILLISECONDS = 60_000;

interface Token {
  value: string;
  renewAt: number;
}

/** Polaris' APIs, with a token that is renewed in time. Every call is tried again while Polaris does not answer, for as long as `waitSeconds`. */
export class PolarisClient {
  private readonly api: HttpClient;
  private readonly health: HttpClient;
  private readonly clientSecret: string;
  private token?: Token;

  constructor(private readonly context: JobContext<PolarisInitConfig>) {
    const { config, secrets, signal } = context;
    const { url, healthUrl, clientSecret } = config.polaris;
    this.api = new HttpClient({ service: POLARIS, baseUrl: url, signal });
    this.health = new HttpClient({
      service: POLARIS,
      baseUrl: healthUrl,
      signal,
    });
    this.clientSecret = secrets.read(clientSecret, 'client secret of Polaris');
  }

  /** Waits until Polaris is healthy and gives a token. */
  async whenReady(): Promise<void> {
    await this.retrying(this.health, 'tell its health', async () => {
      const answer = await this.health.ask({ path: '/q/health/ready' });
      if (answer.status !== 200) {
        throw this.health.unexpected(
          answer,
          'tell its health',
          unhealthyParts(answer),
        );
      }
    });
    await this.retrying(this.api, 'give a token', () => this.renewToken());
  }

  /**
   * Asks with a token; answers that mean "not now" are waited for, every other one is returned.
   * @param doing - what is tried, as `create the catalog akko-warehouse`
   */
  async ask(question: HttpQuestion, doing: string): Promise<HttpAnswer> {
    return this.retrying(this.api, doing, async () => {
      let answer = await this.askWithToken(question);
      if (answer.status === 401) {
        // Polaris may have been started anew since the token was made.
        this.token = undefined;
        answer = await this.askWithToken(question);
      }
      if (codeOfStatus(answer.status) === 'service-unavailable') {
        throw this.unexpected(answer, doing);
      }
      return answer;
    });
  }

  /** The error for an answer that was not expected, with Polaris' own words. */
  unexpected(answer: HttpAnswer, doing: string): JobError {
    return this.api.unexpected(answer, doing, wordsOf(answer));
  }

  private async askWithToken(question: HttpQuestion): Promise<HttpAnswer> {
    if (!this.token || this.token.renewAt < Date.now()) {
      await this.renewToken();
    }
    return this.api.ask({
      ...question,
      headers: {
        ...this.realmHeader(),
        authorization: `Bearer ${this.token!.value}`,
      },
    });
  }

  private async renewToken(): Promise<void> {
    const { clientId, scope } = this.context.config.polaris;
    const answer = await this.api.ask({
      method: 'POST',
      path: '/api/catalog/v1/oauth/tokens',
      headers: this.realmHeader(),
      form: {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: this.clientSecret,
        scope,
      },
    });
    const { access_token: value, expires_in: seconds } = answer.json ?? {};
    if (answer.status !== 200 || typeof value !== 'string') {
      throw this.tokenError(answer);
    }
    this.context.secrets.remember(value);
    this.token = {
      value,
      renewAt: Date.now() + (seconds ?? 0) * 1000 - NEAR_END_MILLISECONDS,
    };
  }

  private realmHeader(): Record<string, string> {
    const { realm } = this.context.config.polaris;
    return realm ? { 'polaris-realm': realm } : {};
  }

  /** Why there is no token, with what to do about it. */
  private tokenError(answer: HttpAnswer): JobError {
    const { clientId, scope, realm } = this.context.config.polaris;
    const doing = `give a token to ${clientId}`;
    const error = this.unexpected(answer, doing);
    const { code, message } = error;
    if (answer.json?.error === 'invalid_scope') {
      return new JobError({
        code: 'misconfigured',
        service: POLARIS,
        message,
        nextStep: `Set polaris.scope in the values to PRINCIPAL_ROLE:ALL, or to a principal role that ${clientId} has (it is ${scope} now); then run the job again.`,
      });
    }
    if (code === 'authentication-failed') {
      return new JobError({
        code,
        service: POLARIS,
        message,
        nextStep: `Compare the client secret in the Secret with the one that Polaris was bootstrapped with: its database keeps the first one. Then run the job again.`,
      });
    }
    if (code === 'not-found') {
      return new JobError({
        code: 'misconfigured',
        service: POLARIS,
        message,
        nextStep: `Check polaris.url and polaris.realm (${
          realm ?? 'the default one'
        }) in the values, then run the job again.`,
      });
    }
    return error;
  }

  private retrying<T>(
    http: HttpClient,
    doing: string,
    probe: () => Promise<T>,
  ): Promise<T> {
    const { config, log, signal, step } = this.context;
    step(`asking ${POLARIS} at ${http.address} to ${doing}`);
    return waitUntilReady({
      service: POLARIS,
      address: http.address,
      seconds: config.waitSeconds,
      probe,
      log,
      signal,
    });
  }
}

/** Polaris' own words: of its Iceberg errors, or of its OAuth errors. */
export function wordsOf({ json }: HttpAnswer): string | undefined {
  const { error, error_description: description } = json ?? {};
  if (typeof error === 'string') {
    return description ? `${error}: ${description}` : error;
  }
  return error?.message;
}

/** What Quarkus says is down. */
function unhealthyParts({ json }: HttpAnswer): string | undefined {
  const down = (Array.isArray(json?.checks) ? json.checks : [])
    .filter((check: any) => check?.status === 'DOWN')
    .map((check: any) => check.name);
  return down.length ? `down: ${down.join(', ')}` : json?.status;
}
