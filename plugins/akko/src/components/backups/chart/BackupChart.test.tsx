import type { BackupChart as Chart } from '@akko/backstage-plugin-akko-common';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import {
  aPoint,
  BACKUP_BASE,
  backupHandlers,
} from '../../../__testUtils__/backupHandlers';
import { REF } from '../../../__testUtils__/fixtures';
import { renderAkko } from '../../../__testUtils__/renderAkko';
import { BackupChart } from './BackupChart';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const GIB = 1024 ** 3;
const points = [
  aPoint({ run: 'a', at: '2026-11-20T02:00:00Z', bytes: 5.8 * GIB }),
  aPoint({
    run: 'b',
    at: '2026-11-21T02:00:00Z',
    bytes: 6.1 * GIB,
    durationSeconds: 600,
  }),
  aPoint({
    run: 'f',
    at: '2026-11-22T02:00:00Z',
    state: 'failed',
    bytes: undefined,
  }),
  aPoint({
    run: 'd',
    at: '2026-11-23T02:00:00Z',
    kind: 'drill',
    bytes: undefined,
  }),
  aPoint({
    run: 'e',
    at: '2026-11-23T05:00:00Z',
    kind: 'drill',
    state: 'failed',
    bytes: undefined,
  }),
];

async function show(chart: Partial<Chart>) {
  const opened: string[] = [];
  server.use(...backupHandlers({ chart }));
  const rendered = await renderAkko(
    <BackupChart
      instance={REF}
      backup="backup-postgres"
      onOpenRun={({ kind, run }) => opened.push(`${kind} ${run}`)}
    />,
  );
  return { opened, ...rendered };
}

describe('the chart of a backup', () => {
  it('says in words what it shows', async () => {
    await show({ points });
    const summary = await screen.findByText(
      '3 backups, 1 failed, 2 restore drills, size from 5.8 GiB to 6.1 GiB, duration from 10 min to 11 min 58 s',
    );
    expect(
      await screen.findByRole('group', { name: 'Size and duration' }),
    ).toHaveAccessibleDescription(summary.textContent!);
  });

  it('has a legend of the marks that are there', async () => {
    await show({ points });
    expect(await screen.findByText('Restore drill failed')).toBeVisible();
    expect(screen.getByText('Failed')).toBeVisible();
  });

  it('opens the run of a failure and of a drill', async () => {
    const { opened } = await show({ points });
    const drawing = await screen.findByRole('group', {
      name: 'Size and duration',
    });
    const marks = await waitFor(() => {
      const found = drawing.querySelectorAll('[data-mark] circle');
      expect(found).toHaveLength(3);
      return [...found];
    });
    marks.forEach(mark => fireEvent.click(mark));
    expect(opened).toEqual(['backup f', 'drill d', 'drill e']);
  });

  it('says so where nothing ran', async () => {
    await show({ points: [] });
    expect(await screen.findByText('No run in this range')).toBeVisible();
  });

  it('says that it leaves some out', async () => {
    await show({ thinned: true });
    expect(await screen.findByText(/of the others some/)).toBeVisible();
  });

  it('asks for another range', async () => {
    const days: number[] = [];
    server.use(
      http.get(`${BACKUP_BASE}/chart`, ({ request }) => {
        const from = new URL(request.url).searchParams.get('from')!;
        days.push(Math.round((Date.now() - Date.parse(from)) / 86_400_000));
        return HttpResponse.json({
          from,
          to: from,
          points: [],
          thinned: false,
        });
      }),
    );
    await renderAkko(
      <BackupChart instance={REF} backup="b" onOpenRun={() => {}} />,
    );
    await userEvent.click(
      await screen.findByRole('button', { name: '1 year' }),
    );
    await waitFor(() => expect(days).toEqual([90, 365]));
    expect(screen.getByRole('button', { name: '1 year' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  it('tells why it cannot be loaded, and goes on showing what was loaded', async () => {
    const { signal } = await show({ points });
    await screen.findByText(/^3 backups/);
    server.use(
      http.get(`${BACKUP_BASE}/chart`, () =>
        HttpResponse.json(
          { error: { name: 'AkkoError', message: 'Out of reach' } },
          { status: 503 },
        ),
      ),
    );
    await signal({ type: 'instance-changed', instance: REF });
    expect(await screen.findByText(/Out of reach/)).toBeVisible();
    expect(screen.getByText(/^3 backups/)).toBeVisible();
  });
});
