import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { Route, Routes } from 'react-router-dom';
import { aRun, REF } from '../../__testUtils__/fixtures';
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
  it('is shown with a way back to its instance', async () => {
    server.use(
      http.get(`${BASE}/runs/run-1`, () =>
        HttpResponse.json(aRun({ live: false })),
      ),
      http.get(`${BASE}/runs/run-1/log`, () => HttpResponse.text('')),
      http.get(`${BASE}/instances/prod-eu/akko/akko/jobs/:job/runs`, () =>
        HttpResponse.json({ items: [aRun()] }),
      ),
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
