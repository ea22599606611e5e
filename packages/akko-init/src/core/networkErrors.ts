import { JobError } from './JobError';
import { nextStepFor } from './waitUntilReady';

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ENOTFOUND: 'its name is not known to DNS',
  EAI_AGAIN: 'DNS did not answer',
  ETIMEDOUT: 'it did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'it stopped answering',
  TimeoutError: 'it did not answer in time',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to it',
};

const TLS_CODES = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/;

/** A failure to reach a service, as a {@link JobError}; undefined for any other failure. */
export function networkError(
  thrown: unknown,
  service: string,
  address: string,
): JobError | undefined {
  const code = codeOf(thrown);
  if (!code) {
    return undefined;
  }
  if (TLS_CODES.test(code)) {
    return new JobError({
      code: 'misconfigured',
      service,
      message: `${service} at ${address} cannot be reached safely: TLS failed (${code}).`,
      nextStep:
        'Give the CA certificate of the service (NODE_EXTRA_CA_CERTS), or correct the address or its protocol in the values.',
      cause: thrown,
    });
  }
  const reason = REASONS[code];
  return reason
    ? new JobError({
        code: 'service-unavailable',
        service,
        message: `${service} at ${address} is not reachable: ${reason} (${code}).`,
        nextStep: nextStepFor(service, address),
        cause: thrown,
      })
    : undefined;
}

/** The first code that says something, of an error, its causes and its parts. */
function codeOf(thrown: unknown, depth = 0): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || depth > 5) {
    return undefined;
  }
  const { code, name, cause, errors } = thrown as {
    code?: unknown;
    name?: unknown;
    cause?: unknown;
    errors?: unknown[];
  };
  if (typeof code === 'string' && (REASONS[code] || TLS_CODES.test(code))) {
    return code;
  }
  if (name === 'TimeoutError') {
    return name;
  }
  return (
    codeOf(cause, depth + 1) ??
    (Array.isArray(errors)
      ? errors.map(each => codeOf(each, depth + 1)).find(Boolean)
      : undefined)
  );
}
