import { JobError, type ErrorCode } from '../core/JobError';
import { networkError } from '../core/networkErrors';

/** An answer whose body has been read. */
export interface HttpAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON, or undefined when it is none. */
  json: any;
}

/** A question to a service. */
export interface HttpQuestion {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With a slash at its beginning, below the base address. */
  path: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as a form. */
  form?: Record<string, string>;
  /** Sent as it is. */
  body?: FormData | string;
  timeoutSeconds?: number;
}

const TIMEOUT_SECONDS = 30;
const LONGEST_EXCERPT = 200;

/** Asks one service over HTTP; connection failures come as a {@link JobError}, answers of any status as they are. */
export class HttpClient {
  constructor(
    private readonly options: {
      /** The service, for the words of an error. */
      service: string;
      /** Without a slash at its end. */
      baseUrl: string;
      signal: AbortSignal;
    },
  ) {}

  get service(): string {
    return this.options.service;
  }

  /** Where the service is, for the words of an error. */
  get address(): string {
    return this.options.baseUrl;
  }

  /**
   * Asks once. Redirects are not followed: they are answers.
   * @throws JobError `service-unavailable` when no answer came
   */
  async ask(question: HttpQuestion): Promise<HttpAnswer> {
    const seconds = question.timeoutSeconds ?? TIMEOUT_SECONDS;
    try {
      return await answerOf(
        await this.send(question, AbortSignal.timeout(seconds * 1000)),
      );
    } catch (thrown) {
      throw this.failure(thrown);
    }
  }

  /**
   * Asks once, for an answer that comes in lines and may take hours; the longest silence between two of them is that of fetch itself, five minutes.
   * @param refusal - the error for an answer of another status than 200
   * @throws JobError `service-unavailable` when no answer came, or only a part of it
   */
  async *askForLines(
    question: HttpQuestion,
    refusal: (answer: HttpAnswer) => JobError,
  ): AsyncGenerator<string> {
    try {
      const response = await this.send(question);
      if (response.status !== 200 || !response.body) {
        throw refusal(await answerOf(response));
      }
      let rest = '';
      for await (const text of response.body.pipeThrough(
        new TextDecoderStream(),
      )) {
        const lines = (rest + text).split('\n');
        rest = lines.pop()!;
        yield* lines.filter(Boolean);
      }
      if (rest) {
        yield rest;
      }
    } catch (thrown) {
      throw this.failure(thrown);
    }
  }

  /**
   * The error for an answer that was not expected, by its status.
   * @param doing - what was tried, as `create the catalog akko-warehouse`
   * @param reason - the service's own words; an excerpt of the body unless given
   */
  unexpected(
    answer: HttpAnswer,
    doing: string,
    reason?: string,
    nextStep?: string,
  ): JobError {
    const { service, baseUrl } = this.options;
    const words = reason ?? excerpt(answer.text);
    return new JobError({
      code: codeOfStatus(answer.status),
      service,
      message: `${service} at ${baseUrl} answered ${
        answer.status
      } to: ${doing}${words && ` (${words})`}.`,
      nextStep: nextStep ?? stepOfStatus(answer.status, service),
    });
  }

  private send(
    question: HttpQuestion,
    timeout?: AbortSignal,
  ): Promise<Response> {
    const { baseUrl, signal } = this.options;
    return fetch(baseUrl + question.path, {
      method: question.method ?? 'GET',
      redirect: 'manual',
      signal: timeout ? AbortSignal.any([signal, timeout]) : signal,
      ...bodyOf(question),
    });
  }

  private failure(thrown: unknown): unknown {
    const { service, baseUrl, signal } = this.options;
    signal.throwIfAborted();
    return thrown instanceof JobError
      ? thrown
      : networkError(thrown, service, baseUrl) ?? thrown;
  }
}

async function answerOf(response: Response): Promise<HttpAnswer> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: parsed(text),
  };
}

/** The code of an HTTP status. */
export function codeOfStatus(status: number): ErrorCode {
  switch (status) {
    case 401:
      return 'authentication-failed';
    case 403:
      return 'permission-denied';
    case 404:
      return 'not-found';
    case 409:
      return 'conflict';
    case 408:
    case 429:
      return 'service-unavailable';
    default:
      return status >= 500 ? 'service-unavailable' : 'misconfigured';
  }
}

function stepOfStatus(status: number, service: string): string {
  switch (codeOfStatus(status)) {
    case 'authentication-failed':
      return `Compare the login in the Secret with the one of the running ${service}, then run the job again.`;
    case 'permission-denied':
      return `Give the job's account in ${service} the missing right, or name another account in the values.`;
    case 'service-unavailable':
      return `Look at the log of ${service}; when it is well, run the job again.`;
    default:
      return `Check the job's values against what ${service} says, then run the job again.`;
  }
}

function bodyOf({ headers, json, form, body }: HttpQuestion): RequestInit {
  if (json !== undefined) {
    return {
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(json),
    };
  }
  if (form) {
    return { headers, body: new URLSearchParams(form) };
  }
  return { headers, body };
}

function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function excerpt(text: string): string {
  const line = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > LONGEST_EXCERPT
    ? `${line.slice(0, LONGEST_EXCERPT)}…`
    : line;
}
