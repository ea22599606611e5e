import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { Route, Routes } from 'react-router-dom';
import { whyBarred } from '../../__testUtils__/barred';
import {
  anInstance,
  anOperation,
  aRun,
  REF,
} from '../../__testUtils__/fixtures';
import { BASE, renderAkko } from '../../__testUtils__/renderAkko';
import { AkkoRouter } from '../AkkoRouter';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function render(route: string) {
  return renderAkko(
    <Routes>
      <Route path="/akko/*" element={<AkkoRouter />} />
    </Routes>,
    { route },
  );
}

describe('the instance page', () => {
  function answer(instance = anInstance()) {
    const state = { instance };
    server.use(
      http.get(`${BASE}/instances/prod-eu/akko/akko`, () =>
        HttpResponse.json(state.instance),
      ),
      http.get(`${BASE}/runs/run-1`, () => HttpResponse.json(aRun())),
      http.get(`${BASE}/instances/prod-eu/akko/akko/jobs/:job/runs`, () =>
        HttpResponse.json({
          items: [
            aRun(),
            aRun({ id: 'run-0', state: 'succeeded', durationSeconds: 12 }),
          ],
        }),
      ),
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

  it('says what to do about a failure above the jobs', async () => {
    const instance = anInstance();
    const failed = instance.jobs.find(({ state }) => state === 'failed')!;
    failed.lastRun!.report!.error!.nextStep = 'Correct the Secret.';
    answer(instance);
    await render(`/akko/${REF}`);
    expect(
      (await screen.findByText('Keycloak refuses the admin password'))
        .textContent,
    ).toContain('Next step: Correct the Secret.');
  });

  describe('in the sandbox', () => {
    function inSandbox(isReal: (job: string) => boolean) {
      const instance = anInstance({}, { sandbox: true });
      instance.jobs = instance.jobs.map(job => ({
        ...job,
        simulated: !isReal(job.name),
      }));
      return instance;
    }

    it.each(['graph', 'table'])(
      'tells in the %s which jobs really run, where some do',
      async view => {
        answer(inSandbox(job => job === 'postgres-init'));
        await render(`/akko/${REF}?view=${view}`);
        expect(await screen.findAllByText(/Real program$/)).toHaveLength(1);
        expect(screen.getAllByText(/Simulated$/)).toHaveLength(8);
      },
    );

    it('leaves it to the mark of the cluster where all are simulated', async () => {
      answer(inSandbox(() => false));
      await render(`/akko/${REF}`);
      expect(await screen.findByText('Sandbox')).toBeVisible();
      expect(screen.queryByText(/Simulated/)).toBeNull();
    });

    it('says in the drawer that a run is simulated', async () => {
      answer(inSandbox(() => false));
      await render(`/akko/${REF}?job=keycloak-clients&run=run-1`);
      const drawer = await screen.findByRole('dialog');
      expect(await within(drawer).findByText('Simulated')).toBeInTheDocument();
    });
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

  it('says so where the permission for a re-run was taken away in between', async () => {
    answer();
    server.use(
      http.post(`${BASE}/instances/prod-eu/akko/akko/operations`, () =>
        HttpResponse.json(
          {
            error: {
              name: 'AkkoError',
              message: 'no',
              code: 'not-allowed',
              permission: 'akko.job.run',
            },
          },
          { status: 403 },
        ),
      ),
    );
    await render(`/akko/${REF}`);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Re-run 1 failed job' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'No re-run of akko for now',
    });
    expect(within(dialog).getByText('You may not do this')).toBeVisible();
    expect(within(dialog).getByText(/akko\.job\.run/)).toBeVisible();
  });

  it('lets the jobs be chosen that run again, and plans what is chosen', async () => {
    const planned: unknown[] = [];
    answer();
    server.use(
      http.post(
        `${BASE}/instances/prod-eu/akko/akko/operations`,
        async ({ request }) => {
          const { jobs }: any = await request.json();
          planned.push(jobs);
          return HttpResponse.json({
            instance: REF,
            action: 'rerun',
            warnings: [],
            steps: jobs.map((job: string) => ({
              job,
              wave: 0,
              jobName: `akko-${job}`,
              replaces: true,
              source: 'live',
              manifest: 'kind: Job',
            })),
          });
        },
      ),
    );
    await render(`/akko/${REF}`);
    await userEvent.click(
      await screen.findByRole('button', { name: 'More ways to re-run' }),
    );
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Choose jobs to re-run' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Re-run jobs of akko',
    });
    expect(
      within(dialog).getByRole('checkbox', { name: /Keycloak clients/ }),
    ).toBeChecked();
    await userEvent.click(
      within(dialog).getByRole('checkbox', { name: /Object storage/ }),
    );
    expect(
      await within(dialog).findByRole('button', { name: 'Re-run 2 jobs' }),
    ).toBeEnabled();
    expect(planned.at(-1)).toEqual(['keycloak-clients', 'minio-init']);
  });

  it('leads from the menu of a job to its runs, and from there to an earlier one', async () => {
    answer();
    server.use(
      http.get(`${BASE}/runs/run-0`, () =>
        HttpResponse.json(
          aRun({ id: 'run-0', state: 'succeeded', report: undefined }),
        ),
      ),
      http.get(`${BASE}/runs/run-0/log`, () =>
        HttpResponse.text('all was well'),
      ),
    );
    await render(`/akko/${REF}?view=table`);
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Actions for Keycloak clients',
      }),
    );
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Runs of this job' }),
    );
    const runs = await screen.findByRole('region', {
      name: 'Runs of this job',
    });
    await userEvent.click(within(runs).getByRole('button'));
    expect(
      await screen.findByRole('log', {
        name: 'Log of akko-keycloak-clients-1',
      }),
    ).toBeInTheDocument();
    expect(screen.getAllByText('Done').length).toBeGreaterThan(0);
  });

  it('says where to look when there is no such instance', async () => {
    server.use(
      http.get(`${BASE}/instances/prod-eu/akko/akko`, () =>
        HttpResponse.json(
          { error: { name: 'AkkoError', message: 'none', code: 'x' } },
          { status: 404 },
        ),
      ),
    );
    await render(`/akko/${REF}`);
    expect(
      await screen.findByText(`The portal knows no instance ${REF}`),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'All instances' })).toHaveAttribute(
      'href',
      '/akko',
    );
  });

  it('names the permission that is missing to see it', async () => {
    server.use(
      http.get(`${BASE}/instances/prod-eu/akko/akko`, () =>
        HttpResponse.json(
          {
            error: {
              name: 'AkkoError',
              message: 'no',
              code: 'not-allowed',
              permission: 'akko.instance.read',
            },
          },
          { status: 403 },
        ),
      ),
    );
    await render(`/akko/${REF}`);
    expect(await screen.findByText('You may not see this')).toBeVisible();
    expect(screen.getByText(/permission akko\.instance\.read/)).toBeVisible();
    expect(screen.getByTitle('Not allowed')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('is busy while something is done, and says so at what else could be', async () => {
    answer(anInstance(undefined, { activeOperations: [anOperation()] }));
    await render(`/akko/${REF}`);
    for (const name of ['Re-run 1 failed job', 'More ways to re-run']) {
      const button = await screen.findByRole('button', { name });
      expect(whyBarred(button)).toBe('This instance is busy');
    }
  });

  it('leads to its entity in the catalog, which the backend knows', async () => {
    answer(
      anInstance({}, { entityRef: 'component:default/akko-production-europe' }),
    );
    await render(`/akko/${REF}`);
    expect(
      await screen.findByRole('link', { name: 'akko-production-europe' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/akko-production-europe',
    );
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
      http.get(`${BASE}/instances/prod-eu/akko/akko/upgrades`, () =>
        HttpResponse.json({ items: [] }),
      ),
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
