import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { Route, Routes } from 'react-router-dom';
import {
  anInstance,
  anOperation,
  aRun,
  aSummary,
  REF,
} from '../__testUtils__/fixtures';
import { BASE, renderAkko } from '../__testUtils__/renderAkko';
import { AkkoRouter } from './AkkoRouter';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
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

function render(route: string, options: { mayRun?: boolean } = {}) {
  return renderAkko(
    <Routes>
      <Route path="/akko/*" element={<AkkoRouter />} />
    </Routes>,
    { route, ...options },
  );
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
      await screen.findByText(/It needs the permission akko.instance.read/),
    ).toBeInTheDocument();
  });

  it('says what to do where no instance is', async () => {
    server.use(
      http.get(`${BASE}/clusters`, () => HttpResponse.json({ items: [] })),
      http.get(`${BASE}/instances`, () =>
        HttpResponse.json({ items: [], totals: { ...totals, total: 0 } }),
      ),
    );
    await render('/akko');
    expect(
      await screen.findByText('No AKKO instance was found'),
    ).toBeInTheDocument();
  });
});

describe('the instance page', () => {
  function answer(instance = anInstance()) {
    const state = { instance };
    server.use(
      http.get(`${BASE}/instances/prod-eu/akko/akko`, () =>
        HttpResponse.json(state.instance),
      ),
      http.get(`${BASE}/runs/run-1`, () => HttpResponse.json(aRun())),
      http.get(`${BASE}/runs/run-1/log`, () =>
        HttpResponse.text('starting\nERROR authentication-failed\n'),
      ),
    );
    return state;
  }

  it('shows the cause above the jobs, and each job with its state', async () => {
    answer();
    await render(`/akko/${REF}`);
    expect(await screen.findByText('8 of 9 jobs done, 1 failed')).toBeVisible();
    expect(
      screen.getByText('Keycloak refuses the admin password'),
    ).toBeVisible();
    const graph = screen.getByRole('group', {
      name: 'Init jobs in order of dependency',
    });
    expect(within(graph).getAllByRole('button')).toHaveLength(9);
    expect(
      within(graph).getByRole('button', { name: /^Keycloak clients Failed/ }),
    ).toBeVisible();
  });

  it('opens the newest run of a job with its error and its log', async () => {
    answer();
    await render(`/akko/${REF}`);
    await userEvent.click(
      await screen.findByRole('button', { name: /^Keycloak clients Failed/ }),
    );
    const drawer = await screen.findByRole('dialog', {
      name: 'Keycloak clients',
    });
    expect(
      await within(drawer).findByText('Keycloak refuses the admin password'),
    ).toBeInTheDocument();
    expect(
      await within(drawer).findByRole('button', { name: 'Go to the error' }),
    ).toBeEnabled();
  });

  it('opens the job that was asked for, though another one never ran', async () => {
    const instance = anInstance();
    instance.jobs[1] = {
      ...instance.jobs[1],
      state: 'missing',
      lastRun: undefined,
    };
    answer(instance);
    await render(`/akko/${REF}?job=keycloak-clients`);
    expect(
      await screen.findByRole('dialog', { name: 'Keycloak clients' }),
    ).toBeInTheDocument();
  });

  it('keeps the drawer open when the instance is loaded again', async () => {
    const state = answer();
    const { signal } = await render(`/akko/${REF}?job=keycloak-clients`);
    await screen.findByRole('dialog', { name: 'Keycloak clients' });
    state.instance = anInstance({ 'keycloak-clients': 'running' });
    await signal({ type: 'instance-changed', instance: REF });
    expect(
      await screen.findByText('All 9 jobs done', { exact: false }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('dialog', { name: 'Keycloak clients' }),
    ).toBeInTheDocument();
  });

  it('re-runs after it has said what will happen, and tells how it ended', async () => {
    const requests: any[] = [];
    answer();
    server.use(
      http.post(
        `${BASE}/instances/prod-eu/akko/akko/operations`,
        async ({ request }) => {
          const body: any = await request.json();
          requests.push({
            ...body,
            key: request.headers.get('idempotency-key'),
          });
          return body.dryRun
            ? HttpResponse.json({
                instance: REF,
                action: 'rerun',
                warnings: ['bootstrap-admin has not ended yet'],
                steps: [
                  {
                    job: 'keycloak-clients',
                    wave: 0,
                    jobName: 'akko-keycloak-clients',
                    replaces: true,
                    source: 'live',
                    manifest: 'kind: Job',
                  },
                ],
              })
            : HttpResponse.json(anOperation(), { status: 202 });
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
    const { toasts } = await render(`/akko/${REF}`);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Re-run 1 failed job' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Re-run 1 job of akko',
    });
    expect(dialog).toHaveTextContent(
      'The Job akko-keycloak-clients is archived, deleted and created again',
    );
    expect(dialog).toHaveTextContent('bootstrap-admin has not ended yet');
    await userEvent.type(
      within(dialog).getByLabelText(/Reason/),
      'rotated the password',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Re-run 1 job' }),
    );
    await waitFor(() =>
      expect(toasts.map(({ title, status }) => [title, status])).toEqual([
        [`Re-run of ${REF} has started`, 'info'],
        [`Re-run of ${REF} is done`, 'success'],
      ]),
    );
    expect(requests.at(-1)).toMatchObject({
      action: 'rerun',
      jobs: 'failed',
      reason: 'rotated the password',
      key: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('does not offer a re-run to those who may not', async () => {
    answer();
    await render(`/akko/${REF}`, { mayRun: false });
    const button = await screen.findByRole('button', {
      name: 'Re-run 1 failed job',
    });
    expect(button).toBeDisabled();
  });

  it('says since when and why what it shows is old', async () => {
    answer(
      anInstance(
        {},
        {
          stale: true,
          clusterState: {
            name: 'prod-eu',
            title: 'Production Europe',
            sandbox: false,
            reachable: false,
            stale: true,
            staleSince: '2026-11-23T10:42:00Z',
            lastContactAt: '2026-11-23T10:41:00Z',
            error: {
              code: 'cluster-unreachable',
              message: 'connection refused',
            },
          },
        },
      ),
    );
    await render(`/akko/${REF}`);
    expect(
      await screen.findByText(/Production Europe is not in contact since/),
    ).toBeVisible();
    expect(screen.getByText(/connection refused/)).toBeVisible();
  });

  it('lists what was asked for, by whom and why', async () => {
    answer();
    server.use(
      http.get(`${BASE}/instances/prod-eu/akko/akko/operations`, () =>
        HttpResponse.json({
          items: [
            anOperation({
              state: 'failed',
              reason: 'after the upgrade',
              error: { code: 'job-failed', message: '1 of 1 job failed' },
            }),
          ],
        }),
      ),
    );
    await render(`/akko/${REF}?tab=activity`);
    expect(
      await screen.findByText('Re-run of keycloak-clients'),
    ).toBeInTheDocument();
    expect(screen.getByText(/by ana “after the upgrade”/)).toBeInTheDocument();
    expect(screen.getByText('1 of 1 job failed')).toBeInTheDocument();
  });
});

describe('a run on a page of its own', () => {
  it('is shown with a way back to its instance', async () => {
    server.use(
      http.get(`${BASE}/runs/run-1`, () =>
        HttpResponse.json(aRun({ live: false })),
      ),
      http.get(`${BASE}/runs/run-1/log`, () => HttpResponse.text('')),
    );
    await render(`/akko/${REF}/runs/run-1`);
    expect(
      await screen.findByText(/Kubernetes has removed the Job/),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Back to the instance' }),
    ).toHaveAttribute('href', `/akko/${REF}`);
  });
});
