import type { JobContext } from '../../core/Job';
import { JobError } from '../../core/JobError';
import { waitUntilReady } from '../../core/waitUntilReady';
import {
  codeOfStatus,
  HttpClient,
  type HttpAnswer,
  type HttpQuestion,
} from '../../http/HttpClient';
import type { SupersetBootstrapConfig } from './config';

/** The name of the service in errors and reports. */
export const SUPERSET = 'superset';

const SESSION_STEP =
  "Check that nothing between this Job and Superset (a proxy that signs people in, for example) answers in Superset's place, and that Superset runs with one SECRET_KEY; then run the job again.";

/** Answers that mean "not now", besides those of HTTP. */
export interface NotNow {
  isMeant(answer: HttpAnswer): boolean;
  /** What to do when it stays so. */
  nextStep: string;
}

/**
 * Superset's REST API with a signed-in session. Superset wants the bearer token, and for whatever writes also the CSRF token with the
 * session cookie that it was given with; a token ends after 15 minutes, so that a session may have to be renewed.
 * Every call is tried again while Superset does not answer, for as long as `waitSeconds`.
 */
export class SupersetSession {
  private readonly http: HttpClient;
  private readonly user: string;
  private readonly password: string;
  private headers?: Record<string, string>;

  constructor(private readonly context: JobContext<SupersetBootstrapConfig>) {
    const { config, secrets, signal } = context;
    const { url, user, password } = config.superset;
    this.http = new HttpClient({ service: SUPERSET, baseUrl: url, signal });
    this.user = secrets.readPublic(user, "name of Superset's administrator");
    this.password = secrets.read(
      password,
      "password of Superset's administrator",
    );
  }

  /** Waits until Superset lets the account sign in. */
  async whenReady(): Promise<void> {
    await this.retrying('sign the account in', async () => {
      this.headers = await this.signIn();
    });
  }

  /**
   * Asks as the account; answers that mean "not now" are waited for, every other one is returned.
   * @param doing - what is tried, as `create the chart Fraud rate`
   */
  async ask(
    question: HttpQuestion,
    doing: string,
    notNow?: NotNow,
  ): Promise<HttpAnswer> {
    return this.retrying(doing, async () => {
      let answer = await this.askSignedIn(question);
      if (isSessionRefused(answer)) {
        this.headers = undefined;
        answer = await this.askSignedIn(question);
      }
      if (isSessionRefused(answer)) {
        throw this.sessionError(answer, doing);
      }
      if (codeOfStatus(answer.status) === 'service-unavailable') {
        throw this.unexpected(answer, doing);
      }
      if (notNow?.isMeant(answer)) {
        throw new JobError({
          code: 'service-unavailable',
          service: SUPERSET,
          message: this.unexpected(answer, doing).message,
          nextStep: notNow.nextStep,
        });
      }
      return answer;
    });
  }

  /** The error for an answer that was not expected, with Superset's own words. */
  unexpected(answer: HttpAnswer, doing: string, nextStep?: string): JobError {
    return this.http.unexpected(answer, doing, wordsOf(answer), nextStep);
  }

  private async askSignedIn(question: HttpQuestion): Promise<HttpAnswer> {
    this.headers ??= await this.signIn();
    return this.http.ask({ ...question, headers: this.headers });
  }

  private async signIn(): Promise<Record<string, string>> {
    const bearer = await this.takeToken();
    const headers = {
      // Without it Superset answers some errors with a page, or a redirect to its sign-in.
      accept: 'application/json',
      authorization: `Bearer ${bearer}`,
    };
    const doing = 'give a CSRF token';
    const answer = await this.http.ask({
      path: '/api/v1/security/csrf_token/',
      headers,
    });
    const token = answer.json?.result;
    if (isSessionRefused(answer)) {
      throw this.sessionError(answer, doing);
    }
    if (answer.status !== 200 || typeof token !== 'string') {
      throw this.unexpected(answer, doing);
    }
    const cookie = answer.headers
      .getSetCookie()
      .map(each => each.split(';')[0])
      .join('; ');
    this.context.secrets.remember(token);
    this.context.secrets.remember(cookie);
    return {
      ...headers,
      'x-csrftoken': token,
      ...(cookie && { cookie }),
    };
  }

  private async takeToken(): Promise<string> {
    const answer = await this.http.ask({
      method: 'POST',
      path: '/api/v1/security/login',
      headers: { accept: 'application/json' },
      json: {
        username: this.user,
        password: this.password,
        provider: 'db',
        refresh: false,
      },
    });
    const token = answer.json?.access_token;
    if (answer.status === 200 && typeof token === 'string') {
      this.context.secrets.remember(token);
      return token;
    }
    const error = this.unexpected(answer, 'sign the account in');
    if (error.code === 'authentication-failed') {
      throw new JobError({
        code: error.code,
        service: SUPERSET,
        message: error.message,
        nextStep:
          'The login in the Secret differs from that of the running Superset, whose database keeps the first one: set it there (superset fab reset-password) or correct the Secret, then run the job again.',
      });
    }
    if (error.code === 'service-unavailable') {
      throw error;
    }
    throw new JobError({
      code: 'misconfigured',
      service: SUPERSET,
      message: error.message,
      nextStep:
        'Check that superset.url in the values is the address of Superset itself inside the cluster; then run the job again.',
    });
  }

  private sessionError(answer: HttpAnswer, doing: string): JobError {
    return new JobError({
      code: 'authentication-failed',
      service: SUPERSET,
      message: this.unexpected(answer, doing).message,
      nextStep: SESSION_STEP,
    });
  }

  private retrying<T>(doing: string, probe: () => Promise<T>): Promise<T> {
    const { config, log, signal, step } = this.context;
    step(`asking ${SUPERSET} at ${this.http.address} to ${doing}`);
    return waitUntilReady({
      service: SUPERSET,
      address: this.http.address,
      seconds: config.waitSeconds,
      probe,
      log,
      signal,
    });
  }
}

/** Whether an answer means that token, CSRF token or cookie is not (or no longer) taken. */
function isSessionRefused({
  status,
  headers,
  json,
  text,
}: HttpAnswer): boolean {
  return (
    status === 401 ||
    (status >= 300 &&
      status < 400 &&
      /\/login\b/.test(headers.get('location') ?? '')) ||
    // A token that cannot be read; every other 422 has a `message`.
    (status === 422 && typeof json?.msg === 'string') ||
    (status === 400 && /CSRF/.test(text))
  );
}

/** Superset's own words: of its messages by field, of its error lists, of its tokens, or where it redirects to. */
export function wordsOf({ json, headers }: HttpAnswer): string | undefined {
  const location = headers.get('location');
  if (location) {
    return `redirects to ${location}`;
  }
  const { message, msg, errors } = json ?? {};
  if (typeof message === 'object' && message !== null) {
    return Object.entries(message)
      .map(([field, words]) => `${field}: ${[words].flat().join(', ')}`)
      .join('; ');
  }
  const first = Array.isArray(errors) ? errors[0]?.message : undefined;
  const words = message ?? msg ?? first;
  return typeof words === 'string' ? oneLine(words) : undefined;
}

const LONGEST_WORDS = 300;

function oneLine(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_WORDS
    ? `${line.slice(0, LONGEST_WORDS)}…`
    : line;
}
