import type { Backup, Instance } from '@akko/backstage-plugin-akko-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { Route, Routes } from 'react-router-dom';
import { backupHandlers } from '../../__testUtils__/backupHandlers';
import { aBackup, anInstance, aRun, REF } from '../../__testUtils__/fixtures';
import { BASE, renderAkko } from '../../__testUtils__/renderAkko';
import { AkkoRouter } from '../AkkoRouter';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

async function show(
  backups: Backup[],
  { query = '', ...change }: Partial<Instance> & { query?: string } = {},
) {
  const asked: string[] = [];
  server.events.removeAllListeners();
  server.events.on('request:start', ({ request }) => {
    asked.push(new URL(request.url).pathname);
  });
  server.use(
    http.get(`${BASE}/instances/${REF}`, () =>
      HttpResponse.json(anInstance({}, { backups, ...change })),
    ),
    http.get(`${BASE}/runs/:run`, ({ params }) =>
      HttpResponse.json(
        aRun({ id: String(params.run), name: 'x', state: 'succeeded' }),
      ),
    ),
    http.get(`${BASE}/runs/:run/log`, () => HttpResponse.text('')),
    http.get(`${BASE}/instances/${REF}/jobs/:job/runs`, () =>
      HttpResponse.json({ items: [] }),
    ),
    ...backupHandlers(),
  );
  await renderAkko(
    <Routes>
      <Route path="/akko/*" element={<AkkoRouter />} />
    </Routes>,
    { route: `/akko/${REF}?tab=backups${query}` },
  );
  await screen.findByRole('tab', { name: 'Backups' });
  return asked;
}

const facts = () => screen.getByLabelText('Facts').textContent;

describe('a backup', () => {
  it('begins with how old the last verified one is, and how old it may be', async () => {
    await show([aBackup()]);
    expect(
      screen.getByRole('heading', {
        name: 'Last verified backup 6 hours ago, restored 2 days ago',
      }),
    ).toBeVisible();
    expect(screen.getByText('Within its target of 7 days')).toBeVisible();
  });

  it('is calm where nothing speaks against it', async () => {
    await show([aBackup()]);
    expect(
      screen.queryByLabelText('What speaks against relying on it'),
    ).toBeNull();
  });

  it.each([
    [
      { lastVerifiedAt: undefined },
      'Last good backup 6 hours ago, not verified',
    ],
    [
      { lastVerifiedAt: undefined, lastGoodAt: undefined },
      'No verified backup yet',
    ],
    [
      {
        enabled: false,
        lastVerifiedAt: undefined,
        lastGoodAt: undefined,
        freshness: 'disabled',
      },
      'This backup is off in the chart',
    ],
    [
      { lastRestoredAt: undefined },
      'Last verified backup 6 hours ago, never restored',
    ],
  ] as [Partial<Backup>, string][])(
    'with %j says so',
    async (change, words) => {
      await show([aBackup(change)]);
      expect(screen.getByRole('heading', { name: words })).toBeVisible();
    },
  );

  it('says that the last verified one is older than it may be', async () => {
    await show([aBackup({ lastVerifiedAt: '2020-01-01T00:00:00Z' })]);
    expect(screen.getByText('Older than its target of 7 days')).toBeVisible();
  });

  it('tells everything that speaks against it, worst first', async () => {
    await show([
      aBackup({
        freshness: 'late',
        concerns: [
          { type: 'late', message: 'It was due at 03:30' },
          { type: 'shrunk', message: 'It is a third of what it was' },
        ],
      }),
    ]);
    const items = within(
      screen.getByLabelText('What speaks against relying on it'),
    ).getAllByRole('listitem');
    expect(items.map(({ textContent }) => textContent)).toEqual([
      'LateIt was due at 03:30',
      'ShrunkIt is a third of what it was',
    ]);
  });

  it('tells schedule, usual duration, retention, target and drill', async () => {
    await show([aBackup()]);
    expect(facts()).toContain('0 2 * * * · At 02:00 · Europe/Paris');
    expect(facts()).toContain('12 min');
    expect(facts()).toContain('keeps 7');
    expect(facts()).toContain(
      'last good at most 26 h old; last verified at most 7 days old, to the level “Read back as a whole”',
    );
    expect(facts()).toContain('restore took 3 min 12 s');
    expect(facts()).toContain('by the schedule of the portal');
  });

  it('shows the expression alone where it cannot be said in words', async () => {
    await show([aBackup({ schedule: 'at noon', timeZone: undefined })]);
    expect(facts()).toContain('Scheduleat noon');
  });

  it('tells since when at least, by whom and why it is paused', async () => {
    await show([
      aBackup({
        suspended: true,
        paused: {
          since: '2026-11-20T02:00:00Z',
          isExact: false,
          by: 'user:default/ana',
          reason: 'the storage moves',
        },
      }),
    ]);
    expect(facts()).toMatch(/at least since .* by ana “the storage moves”/);
    expect(facts()).toContain('None while it is paused');
  });

  it.each([
    ['backup', 'Open the run of PostgreSQL', 'PostgreSQL'],
    ['drill', 'Open the run of PostgreSQL drill', 'PostgreSQL drill'],
  ])('leads to the last run of the %s', async (_, button, title) => {
    await show([aBackup({ lastRun: aRun({ name: 'backup-postgres' }) })]);
    await userEvent.click(screen.getByRole('button', { name: button }));
    expect(
      await screen.findByRole('dialog', { name: title }),
    ).toBeInTheDocument();
  });

  it('says so where the chart has none', async () => {
    await show([]);
    expect(
      screen.getByText('The chart has no backups for this instance.'),
    ).toBeVisible();
  });
});

describe('several backups', () => {
  const both = [
    aBackup(),
    aBackup({ name: 'backup-minio', title: 'Object storage' }),
  ];

  it('are tiles, of which one is chosen', async () => {
    const asked = await show(both);
    expect(
      screen.getByRole('button', {
        name: /^PostgreSQL Fresh|^PostgreSQL/,
        pressed: true,
      }),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: /^Object storage/ }),
    );
    await waitFor(() =>
      expect(asked).toContain(
        `/api/akko/instances/${REF}/backups/backup-minio/entries`,
      ),
    );
    expect(
      screen.getByRole('button', { name: /^Object storage/ }),
    ).toHaveAttribute('aria-pressed', 'true');
  });

  it('have an address each', async () => {
    const asked = await show(both, { query: '&backup=backup-minio' });
    expect(
      screen.getByRole('button', { name: /^Object storage/ }),
    ).toHaveAttribute('aria-pressed', 'true');
    expect(asked.filter(path => path.includes('backup-postgres'))).toEqual([]);
  });
});
