import type { Operation, Upgrade } from '@akko/backstage-plugin-akko-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { anOperation, REF } from '../../__testUtils__/fixtures';
import { BASE, renderAkko } from '../../__testUtils__/renderAkko';
import { ActivityTab } from './ActivityTab';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const INSTANCE = `${BASE}/instances/prod-eu/akko/akko`;

/** Revision 14, whose jobs have all ended well unless something else is given. */
function anUpgrade(change: Partial<Upgrade> = {}): Upgrade {
  return {
    id: 'run-of-postgres-init',
    revision: 14,
    startedAt: '2026-11-23T10:00:00Z',
    finishedAt: '2026-11-23T10:00:39Z',
    state: 'succeeded',
    runs: ['postgres-init', 'minio-init', 'keycloak-clients'].map(name => ({
      id: `run-of-${name}`,
      name,
      state: 'succeeded',
    })),
    ...change,
  };
}

/** Answers as the API does: cursors are positions in the lists. @returns the queries that came */
function answer(lists: { operations?: Operation[]; upgrades?: Upgrade[] }) {
  const asked: string[] = [];
  server.use(
    http.get(`${INSTANCE}/:list`, ({ params, request }) => {
      const query = new URL(request.url).searchParams;
      asked.push(`${params.list}?${query}`);
      const all = lists[params.list as 'operations' | 'upgrades'] ?? [];
      const start = Number(query.get('cursor') ?? 0);
      const end = start + Number(query.get('limit'));
      return HttpResponse.json({
        items: all.slice(start, end),
        nextCursor: end < all.length ? String(end) : undefined,
      });
    }),
  );
  return asked;
}

async function render() {
  const opened: string[] = [];
  const app = await renderAkko(
    <ActivityTab instance={REF} onOpenRun={run => opened.push(run)} />,
  );
  return { ...app, opened };
}

async function entries(): Promise<HTMLElement[]> {
  const list = await screen.findByRole('list', { name: 'Activity' });
  return Array.from(list.children) as HTMLElement[];
}

describe('the activity of an instance', () => {
  it('tells operations and upgrades in one timeline, newest first', async () => {
    answer({
      operations: [
        anOperation({ requestedAt: '2026-11-23T11:00:00Z' }),
        anOperation({
          id: 'op-0',
          action: 'bootstrap',
          state: 'failed',
          requestedAt: '2026-11-22T11:00:00Z',
          error: { code: 'job-failed', message: '1 of 9 jobs failed' },
        }),
      ],
      upgrades: [
        anUpgrade(),
        anUpgrade({
          id: 'run-0',
          revision: 1,
          startedAt: '2026-11-21T11:00:00Z',
        }),
        anUpgrade({
          id: 'run-00',
          revision: undefined,
          startedAt: '2026-11-20T11:00:00Z',
        }),
      ],
    });
    await render();
    const found = await entries();
    expect(found).toHaveLength(5);
    expect(found[0]).toHaveTextContent(/^RunningRe-run of keycloak-clients/);
    expect(found[1]).toHaveTextContent(
      /^DoneHelm upgrade, revision 14.*All 3 jobs done$/,
    );
    expect(found[2]).toHaveTextContent(/^FailedBootstrap.*1 of 9 jobs failed$/);
    expect(found[3]).toHaveTextContent(/^DoneHelm install/);
    expect(found[3]).not.toHaveTextContent('revision');
    expect(found[4]).toHaveTextContent(/^DoneHelm install or upgrade/);
  });

  it('says how the jobs of an upgrade went, and opens those that failed', async () => {
    answer({
      upgrades: [
        anUpgrade({
          state: 'failed',
          runs: [
            { id: 'run-1', name: 'postgres-init', state: 'succeeded' },
            { id: 'run-2', name: 'minio-init', state: 'succeeded' },
            { id: 'run-3', name: 'keycloak-clients', state: 'failed' },
          ],
        }),
      ],
    });
    const { opened } = await render();
    const [entry] = await entries();
    expect(entry).toHaveTextContent('3 jobs: 2 done, 1 failed');
    const [link, ...more] = within(entry).getAllByRole('button');
    expect(more).toEqual([]);
    await userEvent.click(link);
    expect(link).toHaveTextContent('keycloak-clients');
    expect(opened).toEqual(['run-3']);
  });

  it('follows an upgrade while it runs', async () => {
    const upgrades = [
      anUpgrade({
        state: 'running',
        runs: [
          { id: 'run-1', name: 'postgres-init', state: 'running' },
          { id: 'run-2', name: 'minio-init', state: 'pending' },
        ],
      }),
    ];
    answer({ upgrades });
    const { signal } = await render();
    const [entry] = await entries();
    expect(entry).toHaveTextContent('2 jobs: 1 running, 1 waiting');
    upgrades[0] = anUpgrade();
    await signal({ type: 'run-changed', instance: REF, run: 'run-1' });
    await waitFor(() => expect(entry).toHaveTextContent('All 3 jobs done'));
    expect(entry).toHaveTextContent(/^Done/);
  });

  it('does not ask again for runs of another instance', async () => {
    const asked = answer({ upgrades: [anUpgrade()] });
    const { signal } = await render();
    await entries();
    const upgrades = () =>
      asked.filter(query => query.startsWith('upgrades')).length;
    await signal({ type: 'run-changed', instance: 'a/b/c', run: 'run-1' });
    await signal({
      type: 'operation-changed',
      instance: REF,
      operation: 'op-1',
    });
    await waitFor(() => expect(asked.length).toBeGreaterThan(2));
    expect(upgrades()).toBe(1);
  });

  it('shows earlier entries when asked, and none out of its place before', async () => {
    const start = Date.parse('2026-11-23T11:00:00Z');
    const hoursBefore = (hours: number) =>
      new Date(start - hours * 3_600_000).toISOString();
    const operations = Array.from({ length: 60 }, (_, index) =>
      anOperation({
        id: `op-${index}`,
        reason: `reason ${index}`,
        requestedAt: hoursBefore(index),
      }),
    );
    const asked = answer({
      operations,
      upgrades: [
        anUpgrade({ revision: 15, startedAt: hoursBefore(1.5) }),
        anUpgrade({ id: 'run-0', startedAt: hoursBefore(55.5) }),
      ],
    });
    await render();
    expect(await entries()).toHaveLength(51);
    expect(screen.queryByText('Helm upgrade, revision 14')).toBeNull();

    await userEvent.click(screen.getByRole('button', { name: 'Show earlier' }));
    await screen.findByText('Helm upgrade, revision 14');
    const found = await entries();
    expect(found).toHaveLength(62);
    expect(found[1]).toHaveTextContent('reason 1');
    expect(found[57]).toHaveTextContent('Helm upgrade, revision 14');
    expect(found[61]).toHaveTextContent('reason 59');
    expect(screen.queryByRole('button', { name: 'Show earlier' })).toBeNull();
    expect(asked).toEqual([
      'operations?limit=50',
      'upgrades?limit=50',
      'operations?limit=100',
    ]);
  });

  it('says so where nothing has happened', async () => {
    answer({});
    await render();
    expect(
      await screen.findByText(/Nothing has happened here yet/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('list', { name: 'Activity' })).toBeNull();
  });

  it('shows one list although the other cannot be loaded, and says why', async () => {
    answer({ operations: [anOperation()] });
    let isBroken = true;
    server.use(
      http.get(`${INSTANCE}/upgrades`, () =>
        isBroken
          ? HttpResponse.json(
              { error: { name: 'Error', message: 'The database is away' } },
              { status: 500 },
            )
          : HttpResponse.json({ items: [anUpgrade()] }),
      ),
    );
    await render();
    expect(await entries()).toHaveLength(1);
    expect(screen.getByText(/The database is away/)).toBeInTheDocument();

    isBroken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText('Helm upgrade, revision 14');
    expect(screen.queryByText(/The database is away/)).toBeNull();
  });
});
