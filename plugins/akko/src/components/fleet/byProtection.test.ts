import type { BackupCounts } from '@akko/backstage-plugin-akko-common';
import { byProtection } from './byProtection';

const all: Record<string, BackupCounts> = {
  fresh: { total: 1, worst: 'fresh', lastVerifiedAt: '2026-11-20T00:00:00Z' },
  none: { total: 0 },
  lateNew: { total: 1, worst: 'late', lastVerifiedAt: '2026-11-22T00:00:00Z' },
  lateOld: { total: 1, worst: 'late', lastVerifiedAt: '2026-11-02T00:00:00Z' },
  lateNever: { total: 1, worst: 'late' },
  running: { total: 1, worst: 'running' },
  failing: { total: 2, worst: 'failing' },
};

describe('the order by protection', () => {
  it('has the worst first, then what was verified longest ago, and those without a backup before fresh ones', () => {
    expect(
      Object.entries(all)
        .sort(([, a], [, b]) => byProtection({ backups: a }, { backups: b }))
        .map(([name]) => name),
    ).toEqual([
      'failing',
      'lateNever',
      'lateOld',
      'lateNew',
      'running',
      'none',
      'fresh',
    ]);
  });
});
