import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { Route, Routes } from 'react-router-dom';
import { aFinding, anInstance, aRun, REF } from '../../__testUtils__/fixtures';
import { BASE, renderAkko } from '../../__testUtils__/renderAkko';
import { AkkoRouter } from '../AkkoRouter';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function render(route: string, options: { mayRun?: boolean } = {}) {
  return renderAkko(
    <Routes>
      <Route path="/akko/*" element={<AkkoRouter />} />
    </Routes>,
    { route, ...options },
  );
}

describe('a run on a page of its own', () => {
  function answer(instance = anInstance()) {
    server.use(
      http.get(`${BASE}/runs/run-1`, () =>
        HttpResponse.json(aRun({ live: false })),
      ),
      http.get(`${BASE}/instances/prod-eu/akko/akko`, () =>
        HttpResponse.json(instance),
      ),
      http.get(`${BASE}/runs/run-1/log`, () => HttpResponse.text('')),
      http.get(`${BASE}/instances/prod-eu/akko/akko/jobs/:job/runs`, () =>
        HttpResponse.json({ items: [aRun()] }),
      ),
    );
  }

  it('is shown with a way back to its instance', async () => {
    answer();
    await render(`/akko/${REF}/runs/run-1`);
    expect(
      await screen.findByText(/Kubernetes has removed the Job/),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Back to the instance' }),
    ).toHaveAttribute('href', `/akko/${REF}`);
  });

  it('offers the re-run that its finding asks for', async () => {
    answer();
    server.use(
      http.get(`${BASE}/runs/run-1`, () =>
        HttpResponse.json(aRun({ findings: [aFinding()] })),
      ),
      http.post(`${BASE}/instances/prod-eu/akko/akko/operations`, () =>
        HttpResponse.json({
          instance: REF,
          action: 'rerun',
          warnings: ['PostgreSQL is not ready'],
          steps: [],
        }),
      ),
    );
    await render(`/akko/${REF}/runs/run-1`);
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Re-run postgres-init, superset-bootstrap',
      }),
    );
    expect(await screen.findByText('PostgreSQL is not ready')).toBeVisible();
  });

  it('says that the sandbox simulates its job', async () => {
    const instance = anInstance();
    instance.jobs = instance.jobs.map(job => ({ ...job, simulated: true }));
    answer(instance);
    await render(`/akko/${REF}/runs/run-1`);
    expect(await screen.findByText('Simulated')).toBeVisible();
  });
});
