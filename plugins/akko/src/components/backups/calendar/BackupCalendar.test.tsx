import type { BackupDay } from '@akko/backstage-plugin-akko-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import {
  aDay,
  BACKUP_BASE,
  backupHandlers,
} from '../../../__testUtils__/backupHandlers';
import { REF } from '../../../__testUtils__/fixtures';
import { renderAkko } from '../../../__testUtils__/renderAkko';
import { BackupCalendar } from './BackupCalendar';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

/** Three weeks of November 2026, which begins on a Sunday. */
const november = Array.from({ length: 21 }, (_, index) =>
  aDay(`2026-11-${String(index + 1).padStart(2, '0')}`),
);

async function show(days: BackupDay[]) {
  const opened: string[] = [];
  server.use(...backupHandlers({ calendar: { days } }));
  await renderAkko(
    <BackupCalendar
      instance={REF}
      backup="backup-postgres"
      onOpenRun={run => opened.push(run)}
    />,
  );
  await screen.findByRole('group', { name: 'Days of the last six months' });
  return opened;
}

const day = (number: number) =>
  screen.getByRole('button', {
    name: new RegExp(`(November ${number}, 2026|${number} November 2026):`),
  });

describe('the calendar of a backup', () => {
  it('says each day in words', async () => {
    await show([
      aDay('2026-11-22'),
      aDay('2026-11-23', {
        state: 'failed',
        good: 0,
        failed: 2,
        bytes: undefined,
        level: undefined,
      }),
      aDay('2026-11-24', {
        state: 'none',
        good: 0,
        run: undefined,
        bytes: undefined,
      }),
      aDay('2026-11-25', {
        state: 'gap',
        good: 0,
        run: undefined,
        bytes: undefined,
      }),
    ]);
    expect(day(22)).toHaveAccessibleName(
      expect.stringMatching(/^Sunday.*: 1 good run, 6\.0 GiB, restored$/),
    );
    expect(day(23)).toHaveAccessibleName(
      expect.stringMatching(/: 2 failed runs$/),
    );
    expect(day(24)).toHaveAccessibleName(
      expect.stringMatching(/: nothing was due$/),
    );
    expect(day(25)).toHaveAccessibleName(
      expect.stringMatching(/: the portal did not watch$/),
    );
  });

  it('is reached by Tab at its newest day, and walked through by arrows', async () => {
    const opened = await show(november);
    await userEvent.tab();
    expect(day(21)).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(day(14)).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    expect(day(12)).toHaveFocus();
    await userEvent.keyboard('{Home}{ArrowLeft}');
    expect(day(1)).toHaveFocus();
    await userEvent.keyboard('{End}{ArrowDown}');
    expect(day(21)).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}{ArrowLeft}{Enter}');
    expect(opened).toEqual(['run-of-2026-11-14']);
    expect(
      november.filter((_, index) => day(index + 1).tabIndex === 0),
    ).toHaveLength(1);
  });

  it('opens the run that decides, and nothing where there is none', async () => {
    const opened = await show([
      aDay('2026-11-22', {
        state: 'missed',
        good: 0,
        missed: 1,
        run: undefined,
      }),
      aDay('2026-11-23'),
    ]);
    await userEvent.click(day(22));
    await userEvent.click(day(23));
    expect(opened).toEqual(['run-of-2026-11-23']);
  });

  it('explains its marks', async () => {
    await show(november);
    expect(screen.getByRole('list', { name: 'Legend' })).toHaveTextContent(
      'GoodBy hand onlyFailedMissedRunningNot watchedNothing due',
    );
    expect(screen.getByText('Days as in Europe/Paris')).toBeVisible();
  });

  it('tells why it cannot be loaded', async () => {
    server.use(
      http.get(`${BACKUP_BASE}/calendar`, () =>
        HttpResponse.json(
          { error: { name: 'AkkoError', message: 'Out of reach' } },
          { status: 503 },
        ),
      ),
    );
    await renderAkko(
      <BackupCalendar instance={REF} backup="b" onOpenRun={() => {}} />,
    );
    expect(await screen.findByText(/Out of reach/)).toBeVisible();
  });
});
