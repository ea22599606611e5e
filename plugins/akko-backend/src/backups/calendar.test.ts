import { calendarDays } from './calendar';
import { LedgerService } from './LedgerService';
import type { CalendarRun } from './ledger/types';

const run = (createdAt: string, changes: Partial<CalendarRun> = {}) => ({
  run: createdAt,
  state: 'succeeded' as const,
  origin: 'scheduled' as const,
  createdAt,
  bytes: 1,
  level: 'readable' as const,
  ...changes,
});

describe('calendarDays', () => {
  it('puts days of 23 and 25 hours where the clocks change', () => {
    const hours = (day: string, count: number) =>
      Array.from({ length: count }, (_, index) =>
        run(new Date(Date.parse(day) + index * 3_600_000).toISOString()),
      );
    const days = (from: string, runs: CalendarRun[]) =>
      calendarDays({
        from,
        to: from,
        timeZone: 'Europe/Paris',
        runs,
        due: [],
        gaps: [],
      })[0].runs;
    expect(days('2026-03-29', hours('2026-03-28T23:00:00Z', 48))).toBe(23);
    expect(days('2026-10-25', hours('2026-10-24T22:00:00Z', 48))).toBe(25);
  });

  it('calls a day good that ended well, though a run of it failed', () => {
    const [day] = calendarDays({
      from: '2026-11-10',
      to: '2026-11-10',
      timeZone: 'Etc/UTC',
      runs: [
        run('2026-11-10T02:00:00.000Z', { state: 'failed' }),
        run('2026-11-10T03:00:00.000Z', { bytes: 7 }),
      ],
      due: [new Date('2026-11-10T02:00:00Z'), new Date('2026-11-10T03:00:00Z')],
      gaps: [],
    });
    expect(day).toMatchObject({
      state: 'good',
      runs: 2,
      good: 1,
      failed: 1,
      missed: 0,
      bytes: 7,
    });
  });
});

describe('the calendar of a backup with very many runs', () => {
  it('begins at the first day of which it knows every run', async () => {
    const many = Array.from({ length: 18_000 }, (_, index) =>
      run(
        new Date(
          Date.parse('2026-11-10T12:00:00Z') - (18_000 - index) * 900_000,
        ).toISOString(),
      ),
    );
    const service = new LedgerService({
      store: {
        calendar: async () => many,
        gaps: async () => [],
      } as any,
      schedules: { dueIn: async () => [] },
      findings: {} as any,
      now: () => Date.parse('2026-11-10T12:00:00Z'),
    });
    const { days, from } = await service.calendar(
      { cluster: 'prod', namespace: 'akko', release: 'akko' },
      { name: 'backup-postgres' } as any,
      { from: '2025-11-01', to: '2026-11-10' },
    );
    expect(from).toBe('2026-05-08');
    expect(days[0]).toMatchObject({ date: '2026-05-08', runs: 96 });
    expect(days.at(-1)).toMatchObject({ date: '2026-11-10', runs: 48 });
  });
});
