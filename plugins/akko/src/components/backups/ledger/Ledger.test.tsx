import type {
  BackupEntry,
  BackupEntryList,
} from '@akko/backstage-plugin-akko-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { BACKUP_BASE } from '../../../__testUtils__/backupHandlers';
import {
  aFinding,
  anEntry,
  REF,
  summaryOf,
} from '../../../__testUtils__/fixtures';
import { renderAkko } from '../../../__testUtils__/renderAkko';
import { download } from '../../common/download';
import { Ledger } from './Ledger';

jest.mock('../../common/download');

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

async function show(
  answer: (query: URLSearchParams) => BackupEntryList,
  route = '/akko',
) {
  const asked: string[] = [];
  const opened: string[] = [];
  server.use(
    http.get(`${BACKUP_BASE}/entries`, ({ request }) => {
      const { searchParams } = new URL(request.url);
      asked.push(String(searchParams));
      return searchParams.get('format') === 'csv'
        ? new HttpResponse('id,state', {
            headers: { 'content-type': 'text/csv' },
          })
        : HttpResponse.json(answer(searchParams));
    }),
  );
  const { signal } = await renderAkko(
    <Ledger
      instance={REF}
      backup="backup-postgres"
      onOpenRun={run => opened.push(run)}
      onOpenDrill={run => opened.push(`drill ${run}`)}
    />,
    { route },
  );
  return { asked, opened, signal };
}

const one = (change: Partial<BackupEntry>) => () => ({
  items: [anEntry(change)],
  gaps: [],
});

const rows = async () => {
  const table = await screen.findByRole('table');
  return within(table).getAllByRole('row').slice(1);
};

describe('an entry of the ledger', () => {
  it('tells origin, state, size and change, duration, proof and retention', async () => {
    await show(one({}));
    const [row] = await rows();
    for (const words of [
      'Scheduled',
      'Done',
      '6.0 GiB, +1 %',
      '11 min 58 s',
      'Read back as a whole',
      'kept 1 of 7',
      '0123456789ab',
    ]) {
      expect(row).toHaveTextContent(words);
    }
    expect(
      within(row).getByRole('button', { name: 'Copy the SHA-256' }),
    ).toBeVisible();
  });

  it.each([
    [{ origin: 'manual', by: 'user:default/ana' }, 'By handby ana'],
    [{ bytesSource: 'log' }, 'from the log'],
    [{ ratio: 0.94 }, '6.0 GiB, −6 %'],
    [{ ratio: 0.999 }, '6.0 GiB, same size'],
    [{ retention: { prunedAt: '2020-01-01T00:00:00Z' } }, /removed \d+ years/],
    [
      { state: 'failed', message: 'Job has reached its backoff limit' },
      'Job has reached its backoff limit',
    ],
  ] as [Partial<BackupEntry>, string | RegExp][])(
    'with %j says so',
    async (change, words) => {
      await show(one(change));
      const [row] = await rows();
      expect(row).toHaveTextContent(words);
    },
  );

  it('does not say of a failed run that it is not verified', async () => {
    await show(one({ state: 'failed', verification: { level: 'none' } }));
    const [row] = await rows();
    expect(row).not.toHaveTextContent('Not verified');
  });

  it('opens its run, and the drill that failed to restore it', async () => {
    const { opened } = await show(
      one({
        verification: {
          level: 'readable',
          failedAt: '2026-11-24T02:00:00Z',
          failedBy: 'drill-9',
        },
      }),
    );
    const [row] = await rows();
    expect(row).toHaveTextContent('Restore failed');
    await userEvent.click(
      within(row).getByRole('button', { name: /^Open the run of/ }),
    );
    await userEvent.click(
      within(row).getByTitle('Show the run that proved it'),
    );
    expect(opened).toEqual(['entry-1', 'drill drill-9']);
  });

  it('leads to what was found with it', async () => {
    await show(one({ findings: [summaryOf(aFinding())] }));
    const link = await screen.findByRole('link', {
      name: 'PostgreSQL refuses connections',
    });
    expect(link.getAttribute('href')).toContain(
      new URLSearchParams({ finding: aFinding().id }).toString(),
    );
  });
});

describe('the ledger', () => {
  it('shows where nobody watched between the runs, and how many are not known', async () => {
    await show(() => ({
      items: [
        anEntry({ id: 'new', createdAt: '2026-11-23T02:00:00Z' }),
        anEntry({ id: 'old', createdAt: '2026-11-19T02:00:00Z' }),
      ],
      gaps: [
        { from: '2026-11-19T12:00:00Z', to: '2026-11-22T12:00:00Z', missed: 3 },
      ],
    }));
    const found = await rows();
    expect(found).toHaveLength(3);
    expect(found[1]).toHaveTextContent(
      /The portal did not watch from .* to .*: 3 runs are not known/,
    );
  });

  it('says what an empty one waits for', async () => {
    await show(() => ({ items: [], gaps: [] }));
    expect(
      await screen.findByText('No run of this backup is known yet'),
    ).toBeVisible();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('tells why it cannot be loaded, and loads it again', async () => {
    const { asked } = await show(one({}));
    await rows();
    server.use(
      http.get(`${BACKUP_BASE}/entries`, () =>
        HttpResponse.json(
          { error: { name: 'AkkoError', message: 'The ledger is locked' } },
          { status: 503 },
        ),
      ),
    );
    await userEvent.selectOptions(screen.getByLabelText('State'), 'failed');
    expect(await screen.findByText(/The ledger is locked/)).toBeVisible();
    expect(asked).toHaveLength(1);
    expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled();
  });

  it('asks for what is filtered, and keeps what was found in sight meanwhile', async () => {
    const { asked } = await show(query =>
      query.get('state') === 'failed' ? { items: [], gaps: [] } : one({})(),
    );
    await rows();
    await userEvent.selectOptions(screen.getByLabelText('State'), 'failed');
    expect(await screen.findByText('No entry matches')).toBeVisible();
    await userEvent.selectOptions(screen.getByLabelText('Origin'), 'manual');
    await userEvent.selectOptions(
      screen.getByLabelText('Proven at least'),
      'restored',
    );
    await userEvent.click(screen.getByLabelText('Only kept ones'));
    await waitFor(() =>
      expect(asked.at(-1)).toBe(
        'state=failed&origin=manual&level=restored&kept=true&limit=50',
      ),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear the filters' }),
    );
    expect(await rows()).toHaveLength(1);
  });

  it('takes its filters from the address', async () => {
    const { asked } = await show(
      one({}),
      '/akko?state=succeeded&kept=true&origin=other',
    );
    await rows();
    expect(asked).toEqual(['state=succeeded&kept=true&limit=50']);
  });

  it('is exported as it is filtered', async () => {
    const { asked } = await show(one({}), '/akko?state=failed&level=restored');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Export CSV' }),
    );
    await waitFor(() =>
      expect(download).toHaveBeenCalledWith(
        'prod-eu_akko_akko_backup-postgres.csv',
        expect.any(Blob),
      ),
    );
    expect(asked.at(-1)).toBe('state=failed&level=restored&format=csv');
  });

  it('tells why an export failed', async () => {
    await show(one({}));
    await rows();
    server.use(
      http.get(`${BACKUP_BASE}/entries`, () =>
        HttpResponse.json(
          { error: { name: 'AkkoError', message: 'Too much to export' } },
          { status: 400 },
        ),
      ),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Export JSON' }));
    expect(await screen.findByText(/Too much to export/)).toBeVisible();
    expect(await rows()).toHaveLength(1);
  });

  it('shows earlier ones when asked, each once', async () => {
    const page = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) =>
        anEntry({ id: `entry-${from + index}` }),
      );
    await show(query =>
      query.get('cursor')
        ? { items: page(49, 3), gaps: [] }
        : { items: page(0, 50), gaps: [], nextCursor: 'more' },
    );
    expect(await rows()).toHaveLength(50);
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    await waitFor(async () => expect(await rows()).toHaveLength(52));
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('is loaded again when a run of the instance changes, with rows in their places', async () => {
    let items = [anEntry({ id: 'old' })];
    const { signal } = await show(() => ({ items, gaps: [] }));
    const [before] = await rows();
    items = [anEntry({ id: 'new', state: 'running' }), ...items];
    await signal({ type: 'run-changed', instance: REF, run: 'new' });
    await waitFor(async () => expect(await rows()).toHaveLength(2));
    expect((await rows())[1]).toBe(before);
  });
});
