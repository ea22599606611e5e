import type { Backup } from '@akko/backstage-plugin-akko-common';
import { DateTime } from 'luxon';

/** The age that the headline is about, against its target. */
export interface TargetState {
  /** How old it may be. */
  seconds: number;
  isOver: boolean;
}

/** Whether the last verified backup is older than it may be; undefined where there is no such backup, or no target. */
export function targetState(
  {
    enabled,
    lastVerifiedAt,
    target,
  }: Pick<Backup, 'enabled' | 'lastVerifiedAt' | 'target'>,
  now: DateTime,
): TargetState | undefined {
  if (!enabled || !lastVerifiedAt || !target) {
    return undefined;
  }
  const age = now.diff(DateTime.fromISO(lastVerifiedAt)).as('seconds');
  return {
    seconds: target.verifiedWithinSeconds,
    isOver: age > target.verifiedWithinSeconds,
  };
}
