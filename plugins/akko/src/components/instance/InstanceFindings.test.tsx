import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Finding } from '@akko/backstage-plugin-akko-common';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { Route, Routes } from 'react-router-dom';
import {
  aBackup,
  aFinding,
  anInstance,
  aRun,
  REF,
} from '../../__testUtils__/fixtures';
import { backupHandlers } from '../../__testUtils__/backupHandlers';
import { BASE, renderAkko } from '../../__testUtils__/renderAkko';
import { AkkoRouter } from '../AkkoRouter';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const disk = aFinding({
  id: 'akko/akko/minio-init/disk-full',
  title: 'The volume of MinIO is full',
  job: 'minio-init',
  run: undefined,
  consequences: [],
});

async function show(findings: Finding[], query = '') {
  const instance = anInstance(
    { 'postgres-init': 'failed', 'superset-bootstrap': 'failed' },
    {
      findings,
      backups: [aBackup({ freshness: 'failing' })],
    },
  );
  const asked: unknown[] = [];
  server.use(
    http.get(`${BASE}/instances/prod-eu/akko/akko`, () =>
      HttpResponse.json(instance),
    ),
    ...backupHandlers(),
    http.get(`${BASE}/runs/run-1`, () => HttpResponse.json(aRun())),
    http.get(`${BASE}/runs/run-1/log`, () => HttpResponse.text('')),
    http.get(`${BASE}/instances/prod-eu/akko/akko/jobs/:job/runs`, () =>
      HttpResponse.json({ items: [aRun()] }),
    ),
    http.post(
      `${BASE}/instances/prod-eu/akko/akko/operations`,
      async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json({
          instance: REF,
          action: 'rerun',
          warnings: [],
          steps: [],
        });
      },
    ),
  );
  await renderAkko(
    <Routes>
      <Route path="/akko/*" element={<AkkoRouter />} />
    </Routes>,
    { route: `/akko/${REF}${query}` },
  );
  await screen.findByRole('tab', { name: 'Bootstrap' });
  return asked;
}

const panel = () => screen.getByRole('region', { name: 'Findings' });
const titles = () =>
  within(panel())
    .getAllByRole('heading')
    .map(({ textContent }) => textContent);

describe('the findings of an instance', () => {
  it('stand above the jobs in their order, the first with its fix', async () => {
    await show([aFinding(), disk]);
    expect(titles()).toEqual([
      'PostgreSQL refuses connections',
      'The volume of MinIO is full',
    ]);
    expect(
      screen.getAllByRole('button', { name: /^(Show|Hide) the fix$/ }),
    ).toHaveLength(2);
    expect(screen.getByRole('button', { name: 'Hide the fix' })).toBeVisible();
    expect(
      panel().compareDocumentPosition(
        screen.getByRole('group', { name: 'Init jobs in order of dependency' }),
      ),
    ).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it('take the place of the failures that they explain', async () => {
    await show([aFinding()]);
    expect(
      screen.queryByText('Keycloak refuses the admin password'),
    ).toBeNull();
  });

  it('leave a failure in its place that none explains', async () => {
    await show([aFinding({ consequences: [] })]);
    expect(
      screen.getByText('Keycloak refuses the admin password'),
    ).toBeVisible();
  });

  it('open the dialog for the re-run of their jobs', async () => {
    const asked = await show([aFinding()]);
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Re-run postgres-init, superset-bootstrap',
      }),
    );
    expect(await screen.findByRole('dialog')).toBeInTheDocument();
    expect(asked).toEqual([
      {
        action: 'rerun',
        dryRun: true,
        jobs: ['postgres-init', 'superset-bootstrap'],
      },
    ]);
  });

  it('lead to the log of their run', async () => {
    await show([aFinding()], '?view=table');
    const log = screen.getByRole('link', { name: 'Open the log' });
    expect(log).toHaveAttribute(
      'href',
      `/akko/${REF}?view=table&run=run-1&section=log`,
    );
    await userEvent.click(log);
    expect(await screen.findByRole('dialog')).toBeInTheDocument();
  });

  it('have an address, at which the fix is shown', async () => {
    await show(
      [aFinding(), disk],
      `?${new URLSearchParams({ finding: disk.id })}`,
    );
    expect(
      screen.getAllByRole('button', { name: 'Hide the fix' }),
    ).toHaveLength(2);
    expect(
      screen.getByRole('link', { name: 'The volume of MinIO is full' }),
    ).toHaveAttribute(
      'href',
      `/akko/${REF}?${new URLSearchParams({ finding: disk.id })}`,
    );
  });

  it('say so where the one of the address is there no longer', async () => {
    await show([aFinding()], '?finding=gone');
    expect(
      screen.getByText('The finding of this address is no longer open'),
    ).toBeVisible();
  });

  it('stand with the backups where they are about one', async () => {
    const paused = aFinding({
      id: 'paused',
      title: 'backup-postgres is suspended',
      severity: 'warning',
      job: 'backup-postgres',
    });
    await show([aFinding(), paused], '?tab=backups');
    expect(titles()).toEqual(['backup-postgres is suspended']);
  });

  it.each([
    [
      'backup',
      'Back up backup-postgres now',
      'PostgreSQL of akko: back up now',
    ],
    [
      'resume',
      'Resume the schedule of backup-postgres',
      'PostgreSQL of akko: resume the schedule',
    ],
  ] as const)('open the dialog for a %s', async (type, button, title) => {
    const asked = await show(
      [
        aFinding({
          job: 'backup-postgres',
          action: { type, backup: 'backup-postgres' },
        }),
      ],
      '?tab=backups',
    );
    await userEvent.click(await screen.findByRole('button', { name: button }));
    expect(
      await screen.findByRole('dialog', { name: title }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(asked).toEqual([
        { action: type, backup: 'backup-postgres', dryRun: true },
      ]),
    );
  });
});
