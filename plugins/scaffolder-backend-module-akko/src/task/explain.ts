import { AkkoApiError } from '@akko/backstage-plugin-akko-common';
import { sentence } from '../words';
import { StepFailed } from './StepFailed';

/** What to do next about an error of the API, where its own message does not say. */
const NEXT: Record<string, string> = {
  'unknown-instance':
    'If Helm is still installing it, set waitForInstance to wait for it.',
  'cluster-unreachable': 'Set waitForInstance to wait for the cluster.',
  'already-running': 'Set ifRunning to wait for it.',
  'too-many-requests': 'Start fewer tasks at once.',
};

/**
 * Puts what an error of the API means into words for whoever reads the task. Other errors are left as they are.
 * @param doing - what was tried, as `Bootstrap of prod-eu/akko/akko`
 */
export function explain(doing: string, error: unknown): unknown {
  if (!(error instanceof AkkoApiError)) {
    return error;
  }
  const { code, message, permission, status } = error;
  if (status === 401) {
    return new StepFailed(
      `${doing}: the portal no longer accepts the session of whoever started this task (${message}). Sign in again, then start the template again; what was asked for already goes on.`,
      { cause: error },
    );
  }
  const needs =
    permission && !message.includes(permission)
      ? `It needs the permission ${permission}.`
      : '';
  const details = error.details
    .map(({ field, message: what }) => `${field} ${what}`)
    .join('; ');
  return new StepFailed(
    [
      `${doing} was refused${code ? ` (${code})` : ''}:`,
      sentence(message),
      details && sentence(details),
      needs,
      NEXT[code ?? ''],
    ]
      .filter(Boolean)
      .join(' '),
    { cause: error },
  );
}
