import type { FleetBackup } from '@akko/backstage-plugin-akko-common';
import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { aBackup, REF } from '../../__testUtils__/fixtures';
import { BASE, renderAkko } from '../../__testUtils__/renderAkko';
import { BackupsWidget } from './BackupsWidget';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const late: FleetBackup = {
  instance: REF,
  instanceTitle: 'akko',
  cluster: 'prod-eu',
  clusterTitle: 'Production Europe',
  sandbox: false,
  stale: false,
  backup: aBackup({
    freshness: 'late',
    concerns: [{ type: 'late', message: 'It was due at 03:30' }],
  }),
};

async function show(totals: Record<string, number>, items = [late]) {
  const asked: string[] = [];
  server.use(
    http.get(`${BASE}/backups`, ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({ items, totals });
    }),
  );
  await renderAkko(<BackupsWidget />, { route: '/home' });
  return asked;
}

describe('the widget for the home page', () => {
  it.each([
    [{ late: 1, unverified: 1, fresh: 10 }, '2 of 12 backups need attention'],
    [{ late: 1, fresh: 11 }, '1 of 12 backups needs attention'],
    [{ fresh: 12, disabled: 3 }, 'All 12 backups are fresh'],
    [{ fresh: 10, paused: 1, due: 1 }, 'None of 12 backups needs attention'],
  ])('with %j begins with: %s', async (totals, words) => {
    await show(totals);
    expect(await screen.findByRole('heading', { name: words })).toBeVisible();
  });

  it('leads to the backups that are protected least, and to all', async () => {
    const asked = await show({ late: 1 });
    expect(
      await screen.findByRole('link', { name: 'akko: PostgreSQL' }),
    ).toHaveAttribute(
      'href',
      `/akko/${REF}?tab=backups&backup=backup-postgres`,
    );
    expect(screen.getByText('It was due at 03:30')).toBeVisible();
    expect(
      screen.getByRole('link', {
        name: 'All instances, least protected first',
      }),
    ).toHaveAttribute('href', '/akko?order=protection');
    expect(asked).toEqual(['?limit=5']);
  });

  it('says so where there is none', async () => {
    await show({}, []);
    expect(await screen.findByText('No backup is known')).toBeVisible();
  });

  it('names the permission that is missing', async () => {
    server.use(
      http.get(`${BASE}/backups`, () =>
        HttpResponse.json(
          {
            error: {
              name: 'NotAllowedError',
              message: 'no',
              code: 'not-allowed',
              permission: 'akko.instance.read',
            },
          },
          { status: 403 },
        ),
      ),
    );
    await renderAkko(<BackupsWidget />, { route: '/home' });
    expect(await screen.findByText(/akko\.instance\.read/)).toBeVisible();
  });
});
