import type {
  BackupCalendar,
  BackupChart,
  BackupDay,
  BackupEntryList,
  BackupPoint,
} from '@akko/backstage-plugin-akko-common';
import { http, HttpResponse, type HttpHandler } from 'msw';
import { anEntry, REF } from './fixtures';
import { BASE } from './renderAkko';

/** Where the backup of the fixtures answers. */
export const BACKUP_BASE = `${BASE}/instances/${REF}/backups/:backup`;

/** One good run, unless something else is given. */
export function aPoint(change: Partial<BackupPoint> = {}): BackupPoint {
  return {
    run: 'entry-1',
    kind: 'backup',
    at: '2026-11-23T02:12:00Z',
    state: 'succeeded',
    origin: 'scheduled',
    bytes: 6 * 1024 ** 3,
    durationSeconds: 718,
    level: 'readable',
    ...change,
  };
}

/** A day with one good run, unless something else is given. */
export function aDay(date: string, change: Partial<BackupDay> = {}): BackupDay {
  return {
    date,
    state: 'good',
    runs: 1,
    good: 1,
    failed: 0,
    missed: 0,
    bytes: 6 * 1024 ** 3,
    level: 'restored',
    run: `run-of-${date}`,
    ...change,
  };
}

/** What the API says of a backup; what is not given has one good run. */
export function backupHandlers(
  answers: {
    entries?: BackupEntryList;
    chart?: Partial<BackupChart>;
    calendar?: Partial<BackupCalendar>;
  } = {},
): HttpHandler[] {
  return [
    http.get(`${BACKUP_BASE}/entries`, () =>
      HttpResponse.json(answers.entries ?? { items: [anEntry()], gaps: [] }),
    ),
    http.get(`${BACKUP_BASE}/chart`, () =>
      HttpResponse.json({
        from: '2026-08-25T00:00:00Z',
        to: '2026-11-23T12:00:00Z',
        points: [aPoint()],
        thinned: false,
        ...answers.chart,
      }),
    ),
    http.get(`${BACKUP_BASE}/calendar`, () =>
      HttpResponse.json({
        from: '2026-11-22',
        to: '2026-11-23',
        timeZone: 'Europe/Paris',
        days: [aDay('2026-11-22'), aDay('2026-11-23')],
        ...answers.calendar,
      }),
    ),
  ];
}
