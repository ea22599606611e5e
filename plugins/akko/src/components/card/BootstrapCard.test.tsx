import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import userEvent from '@testing-library/user-event';
import {
  aBackup,
  aFinding,
  ALL_PERMISSIONS,
  anInstance,
  aRun,
  REF,
  without,
} from '../../__testUtils__/fixtures';
import { BASE, renderAkko } from '../../__testUtils__/renderAkko';
import { BootstrapCard } from './BootstrapCard';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function render(annotation = REF) {
  return renderAkko(
    <EntityProvider
      entity={{
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'akko',
          annotations: { 'akko.io/instance': annotation },
        },
      }}
    >
      <BootstrapCard />
    </EntityProvider>,
  );
}

function answer(body: object, status = 200) {
  server.use(
    http.get(`${BASE}/instances/prod-eu/akko/akko`, () =>
      HttpResponse.json(body, { status }),
    ),
  );
}

describe('the bootstrap health card', () => {
  it('is calm when all is well', async () => {
    answer(anInstance({}));
    await render();
    expect(await screen.findByText('All 9 jobs done')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Re-run/ })).toBeNull();
    expect(screen.getByRole('link', { name: 'Open' })).toHaveAttribute(
      'href',
      `/akko/${REF}`,
    );
  });

  it('names what failed and why, and offers the re-run', async () => {
    answer(anInstance());
    await render();
    expect(
      await screen.findByText('Keycloak refuses the admin password'),
    ).toBeVisible();
    expect(
      await screen.findByRole('button', { name: 'Re-run 1 failed job' }),
    ).toBeEnabled();
  });

  it('begins with what is wrong and why, above the jobs, and has the re-run below', async () => {
    answer(
      anInstance(
        { 'postgres-init': 'failed', 'superset-bootstrap': 'failed' },
        {
          findings: [aFinding(), aFinding({ id: 'other' })],
          topFailure: {
            job: 'superset-bootstrap',
            run: 'run-1',
            message: 'exit code 1',
          },
        },
      ),
    );
    await render();
    const cause = await screen.findByText(/it is down, still starting/);
    expect(
      cause.compareDocumentPosition(
        screen.getByText('7 of 9 jobs done, 2 failed'),
      ),
    ).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(
      screen.getByRole('link', { name: 'PostgreSQL refuses connections' }),
    ).toHaveAttribute(
      'href',
      `/akko/${REF}?${new URLSearchParams({ finding: aFinding().id })}`,
    );
    expect(screen.queryByText('exit code 1')).toBeNull();
    expect(screen.getByRole('link', { name: '1 more finding' })).toBeVisible();
    expect(
      await screen.findAllByRole('button', { name: /^Re-run/ }),
    ).toHaveLength(1);
  });

  it('shows the fix when asked, and the evidence when asked for that', async () => {
    answer(anInstance(undefined, { findings: [aFinding()] }));
    await render();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show the fix' }),
    );
    expect(screen.getByText('kubectl get --namespace=akko pods')).toBeVisible();
    expect(
      screen.getByText(
        'Re-run postgres-init, superset-bootstrap as soon as PostgreSQL is ready.',
      ),
    ).toBeVisible();
    expect(screen.queryByText(/Connection refused/)).toBeNull();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the evidence' }),
    );
    expect(screen.getByText(/Connection refused/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'Open the log' })).toHaveAttribute(
      'href',
      `/akko/${REF}?run=run-1&section=log`,
    );
  });

  describe('while a job runs', () => {
    const running = (permissions: string[]) => {
      const instance = anInstance({ 'minio-init': 'running' }, { permissions });
      const job = instance.jobs.find(({ state }) => state === 'running')!;
      job.lastRun = aRun({ id: 'run-1', state: 'running' });
      return instance;
    };

    it('shows the last line of its log', async () => {
      answer(running(ALL_PERMISSIONS));
      server.use(
        http.get(`${BASE}/runs/run-1/log`, () =>
          HttpResponse.text('starting\nbucket akko-warehouse\n'),
        ),
      );
      await render();
      expect(await screen.findByText('bucket akko-warehouse')).toBeVisible();
    });

    // A request for the log would fail the test: nothing answers it.
    it('names the job alone to those who may not read logs', async () => {
      answer(running(without('akko.log.read')));
      await render();
      expect(await screen.findByText('Object storage')).toBeVisible();
    });
  });

  it('has no way to the log for those who may not read it', async () => {
    answer(
      anInstance(undefined, {
        findings: [aFinding()],
        permissions: without('akko.log.read'),
      }),
    );
    await render();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show the fix' }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the evidence' }),
    );
    expect(screen.getByText(/Connection refused/)).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Open the log' })).toBeNull();
  });

  it('tells of each backup how it protects, and leads to it', async () => {
    answer(
      anInstance(
        {},
        {
          backups: [
            aBackup(),
            aBackup({
              name: 'backup-minio',
              title: 'Storage',
              freshness: 'late',
              concerns: [{ type: 'late', message: 'due 03:30, 5 h ago' }],
            }),
            aBackup({ name: 'off', title: 'Other', enabled: false }),
          ],
        },
      ),
    );
    await render();
    const link = await screen.findByRole('link', { name: 'PostgreSQL' });
    expect(link).toHaveAttribute(
      'href',
      `/akko/${REF}?tab=backups&backup=backup-postgres`,
    );
    expect(link.parentElement).toHaveTextContent(
      'PostgreSQLFreshverified 6 hours ago, restored 2 days ago',
    );
    expect(
      screen.getByRole('link', { name: 'Storage' }).parentElement,
    ).toHaveTextContent('StorageLatedue 03:30, 5 h ago');
    expect(screen.queryByText('Other')).toBeNull();
  });

  it('stays calm about a note', async () => {
    answer(anInstance({}, { findings: [aFinding({ severity: 'info' })] }));
    await render();
    expect(await screen.findByText('All 9 jobs done')).toBeVisible();
    expect(screen.queryByText('PostgreSQL refuses connections')).toBeNull();
  });

  it('says how to write an annotation that is no instance', async () => {
    await render('prod-eu');
    expect(
      await screen.findByText(/Write it as cluster\/namespace\/release/),
    ).toBeVisible();
  });

  it('says what to check where the instance is not known', async () => {
    answer(
      {
        error: {
          name: 'AkkoError',
          message: 'There is no AKKO instance',
          code: 'unknown-instance',
        },
      },
      404,
    );
    await render();
    expect(
      await screen.findByText(
        /The portal knows no instance prod-eu\/akko\/akko/,
      ),
    ).toBeVisible();
  });
});
