import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { Route, Routes } from 'react-router-dom';
import {
  aFinding,
  anInstance,
  aRun,
  REF,
  without,
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

  describe('of which logs may not be read', () => {
    const forbidden = (permission: string) =>
      HttpResponse.json(
        {
          error: {
            name: 'AkkoError',
            message: 'no',
            code: 'not-allowed',
            permission,
          },
        },
        { status: 403 },
      );

    /** What stands in the place of log and manifest. */
    async function noticesInstead(): Promise<(string | null)[]> {
      const titles = await screen.findAllByText(/^You may not read .* of this/);
      expect(screen.queryByText('This could not be loaded')).toBeNull();
      return titles.map(({ parentElement }) => parentElement!.textContent);
    }

    const next =
      'This needs the permission akko.log.read. Ask those who run this portal for it.';
    const both = [
      `You may not read logs of this instance${next}`,
      `You may not read manifests of this instance${next}`,
    ];

    it('names the permission in their place, asks for neither, and shows the rest', async () => {
      const asked: string[] = [];
      answer(anInstance(undefined, { permissions: without('akko.log.read') }));
      server.use(
        http.get(`${BASE}/runs/run-1/:what`, ({ params }) => {
          asked.push(String(params.what));
          return forbidden('akko.log.read');
        }),
      );
      await render(`/akko/${REF}/runs/run-1`);
      expect(await noticesInstead()).toEqual(both);
      expect(
        screen.getByText('Keycloak refuses the admin password'),
      ).toBeVisible();
      expect(
        await screen.findByRole('region', { name: 'Runs of this job' }),
      ).toBeVisible();
      expect(asked).toEqual([]);
    });

    it('names it too where only the API knows', async () => {
      answer();
      server.use(
        http.get(`${BASE}/instances/prod-eu/akko/akko`, () =>
          HttpResponse.json(
            { error: { name: 'Error', message: 'not now' } },
            { status: 503 },
          ),
        ),
        http.get(`${BASE}/runs/run-1/:what`, () => forbidden('akko.log.read')),
      );
      await render(`/akko/${REF}/runs/run-1`);
      await userEvent.click(
        await screen.findByRole('button', { name: 'Show the manifest' }),
      );
      await waitFor(async () => expect(await noticesInstead()).toEqual(both));
    });

    it('waits with them until it is known', async () => {
      let asked = 0;
      let answerInstance = () => {};
      const isKnown = new Promise<void>(resolve => {
        answerInstance = resolve;
      });
      answer();
      server.use(
        http.get(`${BASE}/instances/prod-eu/akko/akko`, async () => {
          await isKnown;
          return HttpResponse.json(anInstance());
        }),
        http.get(`${BASE}/runs/run-1/log`, () => {
          asked += 1;
          return HttpResponse.text('all was well');
        }),
      );
      await render(`/akko/${REF}/runs/run-1`);
      await screen.findByRole('heading', { name: 'Log' });
      expect(asked).toBe(0);
      answerInstance();
      expect(
        await screen.findByRole('button', { name: 'Download' }),
      ).toBeVisible();
      expect(asked).toBe(1);
    });

    it('says which permission the run itself needs', async () => {
      server.use(
        http.get(`${BASE}/runs/run-1`, () => forbidden('akko.instance.read')),
        http.get(`${BASE}/instances/prod-eu/akko/akko`, () =>
          forbidden('akko.instance.read'),
        ),
      );
      await render(`/akko/${REF}/runs/run-1`);
      expect(await screen.findByText('You may not see this')).toBeVisible();
      expect(screen.getByText(/akko\.instance\.read/)).toBeVisible();
      expect(
        screen.getByRole('link', { name: 'Back to the instance' }),
      ).toBeVisible();
    });
  });

  it('says that the sandbox simulates its job', async () => {
    const instance = anInstance();
    instance.jobs = instance.jobs.map(job => ({ ...job, simulated: true }));
    answer(instance);
    await render(`/akko/${REF}/runs/run-1`);
    expect(await screen.findByText('Simulated')).toBeVisible();
  });
});
