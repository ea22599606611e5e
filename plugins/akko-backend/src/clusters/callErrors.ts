import type { IncomingHttpHeaders } from 'node:http';
import {
  ClusterCallError,
  type ClusterCallErrorKind,
} from './ClusterCallError';

/** The fields of Kubernetes' `Status` that we read. */
export interface KubernetesStatus {
  kind?: string;
  code?: number;
  reason?: string;
  message?: string;
  details?: { retryAfterSeconds?: number };
}

const MESSAGE_LIMIT = 500;

/** @returns the error for an answer of the API server with status 400 or more, or for the Status of a watch's ERROR event */
export function errorOfAnswer(
  cluster: string,
  call: string,
  upstreamStatus: number,
  body: string | KubernetesStatus,
  headers: IncomingHttpHeaders = {},
): ClusterCallError {
  const status = typeof body === 'string' ? parseStatus(body) : body;
  const said = status?.message ?? (typeof body === 'string' ? body : '');
  return new ClusterCallError({
    kind: kindOf(upstreamStatus, status?.reason),
    cluster,
    message: `Cluster ${cluster} answered ${upstreamStatus} to ${call}${
      said ? `: ${said.trim().slice(0, MESSAGE_LIMIT)}` : ''
    }`,
    upstreamStatus,
    reason: status?.reason,
    retryAfterSeconds:
      retryAfterSeconds(headers['retry-after']) ??
      status?.details?.retryAfterSeconds,
  });
}

/** @returns the error for a call that got no answer, or only a part of one */
export function errorOfTransport(
  cluster: string,
  call: string,
  cause: unknown,
): ClusterCallError {
  if (cause instanceof ClusterCallError) {
    return cause;
  }
  return new ClusterCallError({
    kind: 'unreachable',
    cluster,
    message: `Cluster ${cluster} does not answer to ${call}: ${reasonOf(
      cause,
    )}`,
    cause,
  });
}

/**
 * @returns whether the resource version or continue token is none that the server can go on from: too old (410 Gone, reason Expired), or
 * from the future, which happens after a restored backup
 */
export function isExpired(error: unknown): boolean {
  return (
    error instanceof ClusterCallError &&
    (error.upstreamStatus === 410 ||
      error.reason === 'Expired' ||
      error.reason === 'Gone' ||
      error.message.includes('Too large resource version'))
  );
}

function kindOf(status: number, reason?: string): ClusterCallErrorKind {
  switch (status) {
    case 401:
    case 403:
      return 'refused';
    case 404:
      return 'not-found';
    case 408:
    case 429:
      return 'unreachable';
    case 409:
      return reason === 'AlreadyExists' ? 'already-exists' : 'conflict';
    default:
      return status >= 500 ? 'unreachable' : 'invalid';
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) {
    return String(cause);
  }
  // Node reports a host with several addresses as an AggregateError without a message.
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
  if (!cause.message && inner instanceof Error) {
    return reasonOf(inner);
  }
  return (
    cause.message.replace(/^Error: /, '') ||
    (cause as NodeJS.ErrnoException).code ||
    cause.name
  );
}

function retryAfterSeconds(
  header: string | string[] | undefined,
): number | undefined {
  const seconds = Number(Array.isArray(header) ? header[0] : header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

function parseStatus(body: string): KubernetesStatus | undefined {
  try {
    const parsed = JSON.parse(body) as KubernetesStatus;
    return parsed?.kind === 'Status' ? parsed : undefined;
  } catch {
    // A proxy in between answers in HTML or plain text; the text itself is then the message.
    return undefined;
  }
}
