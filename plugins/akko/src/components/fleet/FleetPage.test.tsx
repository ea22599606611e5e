import type { Entity } from '@backstage/catalog-model';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { lacking, pressInVain, whyBarred } from '../../__testUtils__/barred';
import {
  anInstance,
  anOperation,
  aSummary,
  hoursAgo,
  without,
} from '../../__testUtils__/fixtures';
import { BASE, renderAkko, VIEWER } from '../../__testUtils__/renderAkko';
import { FleetPage } from './FleetPage';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() =>
  server.use(
    http.get(`${BASE}/findings`, () =>
      HttpResponse.json({ items: [], groups: [] }),
    ),
  ),
);
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const totals = {
  total: 2,
  failed: 1,
  degraded: 0,
  progressing: 0,
  healthy: 1,
  unknown: 0,
};

function render(route: string, options: { entities?: Entity[] } = {}) {
  return renderAkko(<FleetPage />, { route, ...options });
}

function answerFleet() {
  const asked: string[] = [];
  server.use(
    http.get(`${BASE}/clusters`, () =>
      HttpResponse.json({
        items: [
          anInstance().clusterState,
          {
            name: 'lab',
            title: 'Laboratory',
            sandbox: false,
            reachable: false,
            stale: true,
            error: {
              code: 'cluster-unreachable',
              message: 'connection refused',
            },
          },
        ],
      }),
    ),
    http.get(`${BASE}/instances`, ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({
        items: [
          aSummary(),
          aSummary({
            ref: 'prod-us/akko/blue',
            cluster: 'prod-us',
            release: 'blue',
            title: 'blue',
            health: 'healthy',
            sandbox: true,
            topFailure: undefined,
            jobs: { ...aSummary().jobs, failed: 0, succeeded: 9 },
          }),
        ],
        totals,
      });
    }),
  );
  return asked;
}

describe('the fleet page', () => {
  it('says how many instances there are and how, and why a cluster is not in contact', async () => {
    answerFleet();
    await render('/akko');
    expect(await screen.findByText('2 instances')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: '1 failed' })).toBeEnabled();
    expect(
      screen.getByText('Laboratory has not been reached yet'),
    ).toBeInTheDocument();
    expect(screen.getByText(/connection refused/)).toBeInTheDocument();
    expect(
      screen.getByText(/Keycloak refuses the admin password/),
    ).toBeInTheDocument();
  });

  it('says "Sandbox" at simulated instances only', async () => {
    answerFleet();
    await render('/akko');
    await screen.findByText('2 instances');
    const rows = screen.getAllByRole('row');
    expect(within(rows[1]).queryByText('Sandbox')).toBeNull();
    expect(within(rows[2]).getByText('Sandbox')).toBeInTheDocument();
  });

  it('asks for the instances of a state when its count is pressed', async () => {
    const asked = answerFleet();
    await render('/akko');
    await userEvent.click(
      await screen.findByRole('button', { name: '1 failed' }),
    );
    await waitFor(() => expect(asked.at(-1)).toContain('health=failed'));
  });

  it('goes to the search with a slash, and between rows with arrows', async () => {
    answerFleet();
    await render('/akko');
    await screen.findByText('2 instances');
    await userEvent.keyboard('/');
    expect(screen.getByLabelText('Search instances')).toHaveFocus();
    screen.getByRole('link', { name: 'akko' }).focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(screen.getByRole('link', { name: 'blue' })).toHaveFocus();
  });

  describe('with backups', () => {
    function answerBackups() {
      answerFleet();
      server.use(
        http.get(`${BASE}/instances`, () =>
          HttpResponse.json({
            items: [
              aSummary({
                ref: 'prod-eu/a/akko',
                title: 'without',
                backups: { total: 0 },
              }),
              aSummary({
                ref: 'prod-eu/b/akko',
                title: 'fresh',
                backups: {
                  total: 1,
                  worst: 'fresh',
                  lastVerifiedAt: hoursAgo(6),
                  lastGoodAt: hoursAgo(1),
                },
              }),
              aSummary({
                ref: 'prod-eu/c/akko',
                title: 'late',
                backups: { total: 1, worst: 'late', lastGoodAt: hoursAgo(30) },
              }),
            ],
            totals,
          }),
        ),
      );
    }
    const names = () =>
      screen
        .getAllByRole('row')
        .slice(1)
        .map(row => row.querySelector('[data-row-link]')?.textContent);

    it('shows the worst of each instance and how old what can be relied on is', async () => {
      answerBackups();
      await render('/akko');
      await screen.findByText('2 instances');
      const rows = screen.getAllByRole('row');
      expect(rows[1]).toHaveTextContent('No backup');
      expect(rows[2]).toHaveTextContent('Freshverified 6 hours ago');
      expect(rows[3]).toHaveTextContent(
        'Latelast good 1 day ago, not verified',
      );
    });

    it('shows the least protected first when asked', async () => {
      answerBackups();
      await render('/akko');
      await screen.findByText('2 instances');
      expect(names()).toEqual(['without', 'fresh', 'late']);
      await userEvent.selectOptions(
        screen.getByLabelText('Order'),
        'Least protected first',
      );
      expect(names()).toEqual(['late', 'without', 'fresh']);
    });

    it('keeps that order in its address', async () => {
      answerBackups();
      await render('/akko?order=protection');
      await screen.findByText('2 instances');
      expect(names()).toEqual(['late', 'without', 'fresh']);
    });
  });

  it('names the permission that is missing', async () => {
    const denied = HttpResponse.json(
      {
        error: {
          name: 'AkkoError',
          message: 'no',
          code: 'not-allowed',
          permission: 'akko.instance.read',
        },
      },
      { status: 403 },
    );
    server.use(
      http.get(`${BASE}/clusters`, () => denied.clone()),
      http.get(`${BASE}/instances`, () => denied.clone()),
    );
    await render('/akko');
    expect(
      await screen.findByText(/This needs the permission akko.instance.read/),
    ).toBeInTheDocument();
  });

  it.each([
    [
      'to look for on the clusters there are',
      [anInstance().clusterState],
      'labelled app.kubernetes.io/name=akko-init',
    ],
    [
      'to ask for, where no cluster has one to see',
      [],
      'permission akko.instance.read on none',
    ],
  ])('says what %s, where there is no instance', async (_, clusters, words) => {
    server.use(
      http.get(`${BASE}/clusters`, () =>
        HttpResponse.json({ items: clusters }),
      ),
      http.get(`${BASE}/instances`, () =>
        HttpResponse.json({ items: [], totals: { ...totals, total: 0 } }),
      ),
    );
    await render('/akko');
    expect(
      await screen.findByText('No AKKO instance was found'),
    ).toBeInTheDocument();
    expect(screen.getByText(words, { exact: false })).toBeInTheDocument();
  });

  it('shows the instances under their cluster when asked to', async () => {
    answerFleet();
    await render('/akko?order=cluster');
    await screen.findByText('2 instances');
    const rows = screen.getAllByRole('row').map(row => row.textContent);
    expect(rows[1]).toBe('Production Europe · 1 instance');
    expect(rows[3]).toBe('Production Europe · 1 instance');
  });

  it('asks for the instances whose backups are in a state', async () => {
    const asked = answerFleet();
    await render('/akko');
    await userEvent.selectOptions(
      await screen.findByLabelText('Backups'),
      'Late',
    );
    await waitFor(() => expect(asked.at(-1)).toContain('freshness=late'));
  });

  it('shows only the instances that the catalog knows as the viewer’s', async () => {
    answerFleet();
    const mine = (name: string, instance: string, owner: string): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name, annotations: { 'akko.io/instance': instance } },
      relations: [{ type: 'ownedBy', targetRef: owner }],
    });
    await render('/akko', {
      entities: [
        mine('blue', 'prod-us/akko/blue', VIEWER),
        mine('akko', 'prod-eu/akko/akko', 'group:default/others'),
      ],
    });
    await screen.findByText('2 instances');
    await userEvent.click(screen.getByLabelText('Owned by me'));
    expect(await screen.findByText('1 instance')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'blue' })).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'akko' })).toBeNull();
  });

  it('offers a way out of a filter that the API refuses', async () => {
    answerFleet();
    server.use(
      http.get(`${BASE}/instances`, ({ request }) =>
        request.url.includes('cluster=gone')
          ? HttpResponse.json(
              { error: { name: 'AkkoError', message: 'no cluster gone' } },
              { status: 404 },
            )
          : HttpResponse.json({ items: [aSummary()], totals }),
      ),
    );
    await render('/akko?cluster=gone');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear the filters' }),
    );
    expect(
      await screen.findByRole('link', { name: 'akko' }),
    ).toBeInTheDocument();
  });
});

describe('re-running the failed jobs of several instances', () => {
  const green = {
    ref: 'prod-us/akko/green',
    cluster: 'prod-us',
    clusterTitle: 'Production America',
    release: 'green',
    title: 'green',
  };

  /** Two instances with failed jobs, of which the second is busy when it is asked. */
  function answerTwo() {
    const asked: { path: string; body: any; key: string | null }[] = [];
    server.use(
      http.get(`${BASE}/clusters`, () => HttpResponse.json({ items: [] })),
      http.get(`${BASE}/instances`, () =>
        HttpResponse.json({ items: [aSummary(), aSummary(green)], totals }),
      ),
      http.post(
        `${BASE}/instances/:cluster/:namespace/:release/operations`,
        async ({ params, request }) => {
          const body: any = await request.json();
          const release = String(params.release);
          const instance = `${params.cluster}/akko/${release}`;
          if (body.dryRun) {
            return HttpResponse.json({
              instance,
              action: 'rerun',
              warnings: [],
              steps: [
                {
                  job: `job-of-${release}`,
                  wave: 0,
                  jobName: `${release}-job`,
                  replaces: true,
                  source: 'live',
                  manifest: 'kind: Job',
                },
              ],
            });
          }
          asked.push({
            path: instance,
            body,
            key: request.headers.get('idempotency-key'),
          });
          return release === 'green'
            ? HttpResponse.json(
                {
                  error: {
                    name: 'AkkoError',
                    code: 'already-running',
                    message: 'ben re-runs it already',
                  },
                },
                { status: 409 },
              )
            : HttpResponse.json(anOperation({ instance }), { status: 202 });
        },
      ),
      http.get(`${BASE}/operations/op-1`, () =>
        HttpResponse.json(
          anOperation({
            state: 'succeeded',
            finishedAt: '2026-11-23T11:01:00Z',
          }),
        ),
      ),
    );
    return asked;
  }

  it('confirms once what happens to each, asks for all, and says which was left out and why', async () => {
    const asked = answerTwo();
    await render('/akko');
    await userEvent.click(
      await screen.findByLabelText('Select all with failed jobs'),
    );
    expect(screen.getByText('2 instances selected')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Re-run 2 failed jobs' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Re-run 2 failed jobs of 2 instances',
    });
    expect(dialog).toHaveTextContent('job-of-akko');
    expect(dialog).toHaveTextContent('job-of-green');
    expect(asked).toEqual([]);

    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'rotated');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Re-run 2 jobs' }),
    );
    expect(
      await within(dialog).findByText('ben re-runs it already'),
    ).toBeInTheDocument();
    expect(within(dialog).getByText('Started')).toBeInTheDocument();
    expect(asked.map(({ path, body }) => [path, body])).toEqual([
      [
        'prod-eu/akko/akko',
        { action: 'rerun', jobs: 'failed', reason: 'rotated', dryRun: false },
      ],
      [
        'prod-us/akko/green',
        { action: 'rerun', jobs: 'failed', reason: 'rotated', dryRun: false },
      ],
    ]);
    expect(new Set(asked.map(({ key }) => key)).size).toBe(2);
  });

  it('can be asked for one instance from its row', async () => {
    answerTwo();
    await render('/akko');
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Re-run 1 failed job: prod-us/akko/green',
      }),
    );
    expect(
      await screen.findByRole('dialog', {
        name: 'Re-run 1 failed job of 1 instance',
      }),
    ).toHaveTextContent('job-of-green');
  });

  it('is not offered where nothing failed', async () => {
    answerFleet();
    await render('/akko');
    await screen.findByText('2 instances');
    expect(screen.getByLabelText('Select prod-eu/akko/akko')).toBeEnabled();
    expect(screen.queryByLabelText('Select prod-us/akko/blue')).toBeNull();
  });

  describe('of which the viewer may re-run one', () => {
    const mine = { permissions: without('akko.drill.run') };
    const others = { permissions: ['akko.instance.read'] };

    function answerMixed(first: object, second: object) {
      const asked = answerTwo();
      server.use(
        http.get(`${BASE}/instances`, () =>
          HttpResponse.json({
            items: [aSummary(first), aSummary({ ...green, ...second })],
            totals,
          }),
        ),
      );
      return asked;
    }

    it('selects, counts and asks for that one, and says how many are left out and why', async () => {
      const asked = answerMixed(mine, others);
      await render('/akko');
      const leftOut =
        '1 instance is left out: you need the permission akko.job.run on it';
      await userEvent.click(
        await screen.findByLabelText('Select all with failed jobs'),
      );
      const status = screen.getByRole('status');
      expect(status).toHaveTextContent(`1 instance selected${leftOut}`);
      expect(screen.getByLabelText('Select prod-eu/akko/akko')).toBeChecked();
      expect(
        screen.getByLabelText('Select prod-us/akko/green'),
      ).not.toBeChecked();

      await userEvent.click(
        screen.getByRole('button', { name: 'Re-run 1 failed job' }),
      );
      const dialog = await screen.findByRole('dialog', {
        name: 'Re-run 1 failed job of 1 instance',
      });
      expect(dialog).toHaveTextContent(leftOut);
      expect(dialog).not.toHaveTextContent('green');
      await userEvent.click(
        within(dialog).getByRole('button', { name: 'Re-run 1 job' }),
      );
      await waitFor(() => expect(dialog).not.toBeInTheDocument());
      expect(asked.map(({ path }) => path)).toEqual(['prod-eu/akko/akko']);
    });

    it('says nothing of the other one where only the first was chosen', async () => {
      answerMixed(mine, others);
      await render('/akko');
      await userEvent.click(
        await screen.findByLabelText('Select prod-eu/akko/akko'),
      );
      expect(screen.getByRole('status')).toHaveTextContent(
        /^1 instance selected$/,
      );
    });

    it('bars what would choose or re-run the other one, and says why', async () => {
      answerMixed(mine, others);
      await render('/akko');
      const select = await screen.findByLabelText('Select prod-us/akko/green');
      const rerun = screen.getByRole('button', {
        name: 'Re-run 1 failed job: prod-us/akko/green',
      });
      for (const control of [select, rerun]) {
        expect(whyBarred(control)).toBe(lacking('akko.job.run'));
        await pressInVain(control);
      }
      expect(screen.queryByRole('status')).toBeNull();
      expect(screen.queryByRole('dialog')).toBeNull();
    });

    it('bars the choice of all where none of them is allowed', async () => {
      answerMixed(others, others);
      await render('/akko');
      const all = await screen.findByLabelText('Select all with failed jobs');
      expect(whyBarred(all)).toBe(lacking('akko.job.run'));
      await pressInVain(all);
      expect(screen.queryByRole('status')).toBeNull();
    });
  });
});
