import type { ReportChange } from '@akko/backstage-plugin-akko-common';
import { JobError } from './JobError';
import { buildReport } from './report';

const parts = {
  job: 'minio-init',
  plan: false,
  startedAt: new Date('2026-01-02T03:04:05Z'),
  finishedAt: new Date('2026-01-02T03:04:06Z'),
};

function change(action: ReportChange['action'], name: string): ReportChange {
  return { kind: 'bucket', name, action };
}

describe('buildReport', () => {
  it('tells what changed first, and counts everything', () => {
    const report = buildReport({
      ...parts,
      changes: [
        change('unchanged', 'a'),
        change('skipped', 'b'),
        change('created', 'c'),
        change('updated', 'd'),
      ],
    });
    expect(report).toEqual({
      schema: 'akko.io/report/v1',
      job: 'minio-init',
      outcome: 'succeeded',
      startedAt: '2026-01-02T03:04:05.000Z',
      finishedAt: '2026-01-02T03:04:06.000Z',
      totals: { created: 1, updated: 1, unchanged: 1, skipped: 1 },
      changes: [
        change('created', 'c'),
        change('updated', 'd'),
        change('skipped', 'b'),
        change('unchanged', 'a'),
      ],
    });
  });

  it('says code, service, sentence and next step of a failure', () => {
    const { outcome, error } = buildReport({
      ...parts,
      changes: [],
      error: new JobError({
        code: 'permission-denied',
        service: 'object storage',
        message: 'no',
        nextStep: 'grant it',
      }),
    });
    expect({ outcome, error }).toEqual({
      outcome: 'failed',
      error: {
        code: 'permission-denied',
        service: 'object storage',
        message: 'no',
        nextStep: 'grant it',
      },
    });
  });

  it('marks a plan', () => {
    expect(buildReport({ ...parts, plan: true, changes: [] }).plan).toBe(true);
  });

  it('fits into a termination message, whatever it has to tell', () => {
    const report = buildReport({
      ...parts,
      changes: Array.from({ length: 500 }, (_, index) =>
        change('unchanged', `bucket-with-a-long-name-${index}-äöü`),
      ),
      error: new JobError({
        code: 'internal',
        message: 'x'.repeat(5000),
        nextStep: 'y'.repeat(5000),
      }),
      backup: {
        id: '1',
        location: '/backups/1',
        items: Array.from({ length: 100 }, (_, index) => ({
          name: `database-${index}`,
          bytes: 1,
          sha256: 'a'.repeat(64),
        })),
        itemCount: 100,
      },
    });
    expect(Buffer.byteLength(JSON.stringify(report))).toBeLessThanOrEqual(4096);
    expect(report.totals?.unchanged).toBe(500);
    expect(report.backup?.itemCount).toBe(100);
    expect(report.error?.code).toBe('internal');
  });
});
