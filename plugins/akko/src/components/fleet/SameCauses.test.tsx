import type { FindingGroup } from '@akko/backstage-plugin-akko-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { aFinding, aSummary, summaryOf } from '../../__testUtils__/fixtures';
import { BASE, renderAkko } from '../../__testUtils__/renderAkko';
import { FleetPage } from './FleetPage';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const finding = aFinding();

function aGroup(change: Partial<FindingGroup> = {}): FindingGroup {
  const { causeKey, openedAt, rule, severity, title } = finding;
  return {
    causeKey,
    openedAt,
    rule,
    severity,
    title,
    instances: ['prod-eu/akko/akko', 'prod-us/akko/green'],
    ...change,
  };
}

const other = (name: string) => ({
  ref: `prod-us/akko/${name}`,
  cluster: 'prod-us',
  release: name,
  title: name,
});

/** Three failed instances, of which two share a cause. */
async function show(groups: FindingGroup[] | undefined, query = '') {
  const items = [
    aSummary({ topFinding: summaryOf(finding) }),
    aSummary(other('green')),
    aSummary(other('blue')),
  ];
  server.use(
    http.get(`${BASE}/clusters`, () => HttpResponse.json({ items: [] })),
    http.get(`${BASE}/instances`, () =>
      HttpResponse.json({
        items,
        totals: {
          total: 3,
          failed: 3,
          degraded: 0,
          progressing: 0,
          healthy: 0,
          unknown: 0,
        },
      }),
    ),
    http.get(`${BASE}/findings`, ({ request }) => {
      expect(new URL(request.url).searchParams.get('group')).toBe('cause');
      return groups
        ? HttpResponse.json({ items: [], groups })
        : HttpResponse.json(
            { error: { name: 'Error', message: 'the database is locked' } },
            { status: 500 },
          );
    }),
  );
  await renderAkko(<FleetPage />, { route: `/akko${query}` });
  await screen.findByRole('region', { name: 'Instances' });
}

const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map(row => row.dataset.instance);

const showThese = {
  name: 'Show only these: PostgreSQL refuses connections',
};

describe('a cause that several instances share', () => {
  it('is named above them, and shows just those when asked', async () => {
    await show([aGroup()]);
    expect(
      await screen.findByText(
        '2 instances, the same cause: PostgreSQL refuses connections',
        { exact: false },
      ),
    ).toBeVisible();
    expect(names()).toHaveLength(3);
    await userEvent.click(screen.getByRole('button', showThese));
    expect(names()).toEqual(['prod-eu/akko/akko', 'prod-us/akko/green']);
    expect(screen.getByRole('button', showThese)).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    expect(screen.getByRole('button', { name: '2 failed' })).toBeVisible();
    await userEvent.click(screen.getByRole('button', showThese));
    expect(names()).toHaveLength(3);
  });

  it('is in the address, and selects its instances for the re-run', async () => {
    await show(
      [aGroup()],
      `?${new URLSearchParams({ cause: finding.causeKey })}`,
    );
    expect(names()).toHaveLength(2);
    await userEvent.click(
      screen.getByRole('button', { name: 'Select 2 with failed jobs' }),
    );
    expect(screen.getByText('2 instances selected')).toBeVisible();
    expect(
      await screen.findByRole('button', { name: 'Re-run 2 failed jobs' }),
    ).toBeEnabled();
    expect(screen.queryByRole('button', { name: /^Select 2/ })).toBeNull();
  });

  it('is shown with all that have it, whatever else is filtered by', async () => {
    await show([aGroup()], '?order=cluster&health=failed&cluster=prod-eu');
    await userEvent.click(await screen.findByRole('button', showThese));
    expect(screen.getByLabelText('State')).toHaveValue('');
    expect(screen.getByLabelText('Cluster')).toHaveValue('');
    expect(screen.getByLabelText('Order')).toHaveValue('cluster');
  });

  it('is not spoken of where only one instance has it, or it is only a note', async () => {
    await show([
      aGroup({ instances: ['prod-eu/akko/akko'] }),
      aGroup({ causeKey: 'note', severity: 'info' }),
    ]);
    expect(screen.queryByRole('region', { name: 'Same cause' })).toBeNull();
  });

  it('stays in sight while it filters, though only one has it by now', async () => {
    await show(
      [aGroup({ instances: ['prod-eu/akko/akko'] })],
      `?${new URLSearchParams({ cause: finding.causeKey })}`,
    );
    expect(screen.getByRole('button', showThese)).toBeVisible();
    expect(names()).toEqual(['prod-eu/akko/akko']);
  });

  it('is one of three, and the rest are shown when asked', async () => {
    await show(
      [1, 2, 3, 4, 5].map(number =>
        aGroup({ causeKey: `cause ${number}`, title: `Cause ${number}` }),
      ),
    );
    const banner = await screen.findByRole('region', { name: 'Same cause' });
    expect(within(banner).getAllByText(/the same cause/)).toHaveLength(3);
    await userEvent.click(
      within(banner).getByRole('button', { name: 'Show 2 more causes' }),
    );
    expect(within(banner).getAllByText(/the same cause/)).toHaveLength(5);
  });

  it('that cannot be loaded leaves the instances in sight, and says why', async () => {
    await show(undefined);
    expect(await screen.findByText(/the database is locked/)).toBeVisible();
    expect(names()).toHaveLength(3);
  });
});

describe('the finding of a row', () => {
  it('is what is wrong most, with its cause, and leads to it', async () => {
    await show([]);
    const link = screen.getByRole('link', {
      name: 'PostgreSQL refuses connections',
    });
    expect(link).toHaveAttribute('title', finding.cause);
    expect(link).toHaveAttribute(
      'href',
      `/akko/prod-eu/akko/akko?${new URLSearchParams({ finding: finding.id })}`,
    );
  });

  it('is what failed, where nothing was found', async () => {
    await show([]);
    const rows = screen.getAllByRole('row');
    expect(rows[1]).not.toHaveTextContent('Keycloak refuses');
    expect(rows[2]).toHaveTextContent(
      'keycloak-clients: Keycloak refuses the admin password',
    );
  });
});
