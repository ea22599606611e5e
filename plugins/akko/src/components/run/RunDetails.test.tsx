import type { Report, RunDetail } from '@akko/backstage-plugin-akko-common';
import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { aRun } from '../../__testUtils__/fixtures';
import { BASE, renderAkko } from '../../__testUtils__/renderAkko';
import { RunDetails } from './RunDetails';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

async function show(change: Partial<RunDetail>, simulated?: boolean) {
  const run = aRun(change);
  server.use(
    http.get(`${BASE}/runs/run-1`, () => HttpResponse.json(run)),
    http.get(`${BASE}/runs/run-1/log`, () => HttpResponse.text('')),
    http.get(`${BASE}/instances/prod-eu/akko/akko/jobs/:job/runs`, () =>
      HttpResponse.json({ items: [run] }),
    ),
  );
  await renderAkko(
    <RunDetails
      run="run-1"
      mayReadLog
      simulated={simulated}
      onOpenRun={() => {}}
    />,
  );
  await screen.findByRole('heading', { name: 'Log' });
}

function aReport(change: Partial<Report> = {}): Report {
  return {
    schema: 'akko.io/report/v1',
    job: 'postgres-init',
    outcome: 'succeeded',
    changes: [
      { kind: 'database', name: 'mlflow', action: 'created' },
      {
        kind: 'database',
        name: 'keycloak',
        action: 'unchanged',
        note: 'its owner differs from the values, kept',
      },
    ],
    totals: { created: 1, updated: 0, unchanged: 1, skipped: 0 },
    ...change,
  };
}

describe('what a failed run tells', () => {
  const error = {
    code: 'authentication-failed',
    service: 'keycloak',
    message: 'Keycloak refuses the admin password.',
    nextStep: 'Correct the Secret akko-keycloak, then run the job again.',
  };

  it('is the cause, then what to do, then which kind of failure of which service it is', async () => {
    await show({
      report: aReport({ outcome: 'failed', changes: [], error }),
      errorLine: 'HTTP 401, invalid_grant',
    });
    const cause = screen.getByText(error.message).parentElement!;
    expect(cause).toHaveTextContent(
      [
        error.message,
        `Next step: ${error.nextStep}`,
        'Credentials refused authentication-failed · keycloak',
        'HTTP 401, invalid_grant',
      ].join(''),
    );
  });

  it('is the code alone where the portal has no words for it', async () => {
    await show({
      report: aReport({
        outcome: 'failed',
        error: { code: 'moon-phase', message: 'It is full.' },
      }),
    });
    expect(screen.getByText('It is full.').parentElement).toHaveTextContent(
      'Failure moon-phase',
    );
  });

  it('is no work where it had done none', async () => {
    await show({
      report: aReport({
        outcome: 'failed',
        changes: [],
        totals: { created: 0, updated: 0, unchanged: 0, skipped: 0 },
        error,
      }),
    });
    expect(screen.queryByText('What it did')).toBeNull();
  });
});

describe('what a run did', () => {
  it('is told in numbers and object by object', async () => {
    await show({ state: 'succeeded', report: aReport() });
    expect(screen.getByText('created 1')).toBeVisible();
    expect(screen.getByText('unchanged 1')).toBeVisible();
    const table = screen.getByRole('region', { name: 'What it did' });
    const rows = within(table).getAllByRole('row');
    expect(rows[1]).toHaveTextContent('database mlflowCreated');
    expect(rows[2]).toHaveTextContent(
      'database keycloakUnchangedits owner differs from the values, kept',
    );
  });

  it('is nothing, where all was there', async () => {
    await show({
      state: 'succeeded',
      report: aReport({
        changes: [],
        totals: { created: 0, updated: 0, unchanged: 0, skipped: 0 },
      }),
    });
    expect(screen.getByText('nothing to do')).toBeVisible();
  });

  it('says how many objects are not in the list', async () => {
    await show({
      state: 'succeeded',
      report: aReport({
        totals: { created: 1, updated: 0, unchanged: 90, skipped: 0 },
      }),
    });
    expect(screen.getByText(/^2 of 91 are listed/)).toBeVisible();
  });

  it('is only a plan, where it was one', async () => {
    await show({ state: 'succeeded', report: aReport({ plan: true }) });
    expect(screen.getByText('Plan: nothing was changed')).toBeVisible();
    expect(screen.getByText('would create 1')).toBeVisible();
    expect(screen.getByText('Would be created')).toBeVisible();
    expect(screen.queryByText('Created')).toBeNull();
  });
});

describe('what a backup tells', () => {
  const none = { created: 0, updated: 0, unchanged: 0, skipped: 0 };

  it('is where it is, how large, how far proven and what it holds', async () => {
    await show({
      state: 'succeeded',
      report: aReport({
        changes: [],
        totals: none,
        backup: {
          id: '2026-11-23T02-00-00Z',
          location: '/backups/minio/2026-11-23T02-00-00Z',
          bytes: 6 * 1024 ** 3,
          sha256: 'abcdef',
          items: [
            { name: 'akko-users', bytes: 2048, count: 3 },
            { name: 'akko-shared', bytes: 0, count: 0 },
          ],
          itemCount: 5,
          kept: 7,
          pruned: 1,
          level: 'restored',
          toolVersion: 'akko-init 0.1.0',
          serverVersion: '17.6',
          restoreSeconds: 84,
        },
      }),
    });
    const words = screen
      .getAllByRole('definition')
      .map(({ textContent }) => textContent);
    expect(words).toEqual([
      '2026-11-23T02-00-00Z',
      'Restored in a drill',
      '/backups/minio/2026-11-23T02-00-00Z',
      '6.0 GiB',
      '1 min 24 s',
      'kept 7, removed 1',
      'akko-init 0.1.0',
      '17.6',
      'abcdef',
    ]);
    const items = screen.getByRole('region', {
      name: 'Contents of the backup',
    });
    const rows = within(items).getAllByRole('row');
    expect(rows[1]).toHaveTextContent('akko-users2.0 KiB3');
    expect(rows[2]).toHaveTextContent('akko-shared0 B0');
    expect(screen.getByText(/^2 of 5 are listed/)).toBeVisible();
    expect(screen.queryByText('nothing to do')).toBeNull();
  });

  it.each([
    [{ level: 'none' as const }, 'Not verified'],
    [{ level: 'checksum' as const }, 'Checksums compared'],
    [{ level: 'readable' as const }, 'Read back as a whole'],
    [{ verified: true }, 'Verified'],
    [{}, 'Not verified'],
  ])('with %j is %s', async (proof, word) => {
    await show({
      state: 'succeeded',
      report: aReport({
        changes: [],
        totals: none,
        backup: { id: 'b', location: '/b', ...proof },
      }),
    });
    expect(screen.getByText(word)).toBeVisible();
  });
});

describe('in the sandbox', () => {
  it.each([
    [true, 'Simulated'],
    [false, 'Real program'],
  ])('a run with simulated %s says: %s', async (simulated, word) => {
    await show({ state: 'succeeded' }, simulated);
    expect(screen.getByText(word)).toBeVisible();
  });

  it('is not spoken of elsewhere', async () => {
    await show({ state: 'succeeded' });
    expect(screen.queryByText('Simulated')).toBeNull();
    expect(screen.queryByText('Real program')).toBeNull();
  });
});
