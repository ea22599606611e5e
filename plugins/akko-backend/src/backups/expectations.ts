import type {
  InstanceRef,
  VerificationLevel,
} from '@akko/backstage-plugin-akko-common';
import type { BackupsConfig } from '../config';

/** What is expected of one backup. Lengths of time in milliseconds. */
export interface BackupExpectation {
  /** Made from the schedule where it is undefined. */
  grace?: number;
  recoveryPoint?: number;
  pausedWithin?: number;
  verifiedWithin: number;
  verifiedLevel: VerificationLevel;
  shrunkBelow: number;
  grownAbove: number;
  /** When the portal runs its drill. */
  drill?: { cron: string; timeZone?: string };
}

const DAY = 24 * 60 * 60_000;

/** What is expected where the configuration says nothing. */
export const DEFAULT_EXPECTATION: BackupExpectation = {
  verifiedWithin: 7 * DAY,
  verifiedLevel: 'checksum',
  shrunkBelow: 0.5,
  grownAbove: 2,
};

/** What the configuration expects of a backup: of the overrides that fit, the last one that has a key decides it. */
export function expectationOf(
  config: Partial<BackupsConfig> | undefined,
  ref: InstanceRef,
  backup: string,
): BackupExpectation {
  const { overrides = [], ...all } = config ?? {};
  const fits = overrides.filter(
    rule =>
      (rule.cluster ?? ref.cluster) === ref.cluster &&
      (rule.namespace ?? ref.namespace) === ref.namespace &&
      (rule.release ?? ref.release) === ref.release &&
      (rule.backup ?? backup) === backup,
  );
  const { drill, ...merged } = [DEFAULT_EXPECTATION, all, ...fits].reduce(
    (
      result,
      { cluster: _c, namespace: _n, release: _r, backup: _b, ...rule }: any,
    ) => ({
      ...result,
      ...Object.fromEntries(
        Object.entries(rule).filter(([, value]) => value !== undefined),
      ),
    }),
    {} as any,
  );
  return { ...merged, ...(drill && { drill }) };
}
