import type { Backup, OperationPlan } from '@akko/backstage-plugin-akko-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { Route, Routes } from 'react-router-dom';
import { backupHandlers } from '../../__testUtils__/backupHandlers';
import { whyBarred } from '../../__testUtils__/barred';
import {
  aBackup,
  anInstance,
  anOperation,
  REF,
} from '../../__testUtils__/fixtures';
import { BASE, renderAkko } from '../../__testUtils__/renderAkko';
import { AkkoRouter } from '../AkkoRouter';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const step = {
  job: 'backup-postgres',
  wave: 0,
  jobName: 'akko-backup-postgres',
  replaces: false,
  source: 'cronjob' as const,
  manifest: 'kind: Job',
};

function refused(status: number, code: string, message: string) {
  return HttpResponse.json(
    { error: { name: 'AkkoError', message, code } },
    { status },
  );
}

async function show(
  change: Partial<Backup> = {},
  options: {
    plan?: Partial<OperationPlan>;
    answer?: (body: { dryRun: boolean }) => HttpResponse<any> | undefined;
    isBusy?: boolean;
  } = {},
) {
  const requests: any[] = [];
  server.use(
    ...backupHandlers(),
    http.get(`${BASE}/instances/${REF}`, () =>
      HttpResponse.json(
        anInstance(
          {},
          {
            backups: [aBackup(change)],
            activeOperations: options.isBusy
              ? [
                  anOperation({
                    action: 'backup',
                    backup: 'backup-postgres',
                    steps: [],
                  }),
                ]
              : [],
          },
        ),
      ),
    ),
    http.post(`${BASE}/instances/${REF}/operations`, async ({ request }) => {
      const body: any = await request.json();
      requests.push(body);
      const other = options.answer?.(body);
      if (other) {
        return other;
      }
      return body.dryRun
        ? HttpResponse.json({
            instance: REF,
            action: body.action,
            steps: [step],
            warnings: [],
            ...options.plan,
          })
        : HttpResponse.json(
            anOperation({ action: body.action, backup: body.backup }),
            { status: 202 },
          );
    }),
    http.get(`${BASE}/operations/op-1`, () =>
      HttpResponse.json(
        anOperation({
          action: requests.at(-1).action,
          backup: 'backup-postgres',
          state: 'succeeded',
          finishedAt: '2026-11-23T11:01:00Z',
        }),
      ),
    ),
  );
  const { toasts } = await renderAkko(
    <Routes>
      <Route path="/akko/*" element={<AkkoRouter />} />
    </Routes>,
    { route: `/akko/${REF}?tab=backups` },
  );
  return { requests, toasts };
}

/** Presses a button of the page. */
async function press(name: string) {
  await userEvent.click(await screen.findByRole('button', { name }));
  return screen.findByRole('dialog');
}

describe('taking a backup now', () => {
  it('says first what will happen and what speaks against it, then how it ended', async () => {
    const { requests, toasts } = await show(undefined, {
      plan: {
        warnings: ['The next scheduled run is in 4 min'],
        notes: ['The usual duration is 12 min'],
      },
    });
    const dialog = await press('Back up now');
    expect(
      await within(dialog).findByText('The next scheduled run is in 4 min'),
    ).toBeVisible();
    expect(
      within(dialog).getByText('The usual duration is 12 min'),
    ).toBeVisible();
    expect(dialog).toHaveTextContent(
      'The Job akko-backup-postgres is created from the CronJob of the backup.',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Back up now' }),
    );
    await waitFor(() =>
      expect(toasts.map(({ title }) => title)).toEqual([
        `Backup backup-postgres of ${REF} has started`,
        `Backup backup-postgres of ${REF} is done`,
      ]),
    );
    expect(requests).toEqual([
      { action: 'backup', backup: 'backup-postgres', dryRun: true },
      { action: 'backup', backup: 'backup-postgres', dryRun: false },
    ]);
  });

  it.each([
    [{ runnable: false }, false, /^There is no CronJob on the cluster/],
    [{}, true, /^This is being done already/],
  ])(
    'with %j, busy: %s, is not offered and says why',
    async (change, isBusy, why) => {
      await show(change, { isBusy });
      const button = await screen.findByRole('button', { name: 'Back up now' });
      expect(whyBarred(button)).toMatch(why);
    },
  );

  it('tells in the words of the API why it cannot be planned', async () => {
    await show(undefined, {
      answer: () =>
        refused(409, 'already-running', 'A backup runs since 10:42 already'),
    });
    const dialog = await press('Back up now');
    expect(
      await within(dialog).findByText('A backup runs since 10:42 already'),
    ).toBeVisible();
    expect(
      within(dialog).getByRole('button', { name: 'Back up now' }),
    ).toBeDisabled();
  });

  it('names the permission that was taken away in between', async () => {
    await show(undefined, {
      answer: () =>
        HttpResponse.json(
          {
            error: {
              name: 'AkkoError',
              message: 'no',
              code: 'not-allowed',
              permission: 'akko.backup.run',
            },
          },
          { status: 403 },
        ),
    });
    const dialog = await press('Back up now');
    expect(
      await within(dialog).findByText('You may not do this'),
    ).toBeVisible();
    expect(within(dialog).getByText(/akko\.backup\.run/)).toBeVisible();
  });

  it('tells why it was refused when it was asked for', async () => {
    const { toasts } = await show(undefined, {
      answer: ({ dryRun }) =>
        dryRun
          ? undefined
          : refused(422, 'not-runnable', 'Its CronJob is gone'),
    });
    const dialog = await press('Back up now');
    const submit = within(dialog).getByRole('button', { name: 'Back up now' });
    await waitFor(() => expect(submit).toBeEnabled());
    await userEvent.click(submit);
    expect(
      await within(dialog).findByText('Its CronJob is gone'),
    ).toBeVisible();
    expect(toasts).toEqual([]);
  });
});

describe('pausing a schedule', () => {
  it('takes a reason', async () => {
    const { requests } = await show();
    const dialog = await press('Pause schedule…');
    const submit = within(dialog).getByRole('button', {
      name: 'Pause the schedule',
    });
    const reason = await within(dialog).findByLabelText(/Reason \(required/);
    expect(submit).toBeDisabled();
    await userEvent.type(reason, '  the storage moves ');
    await userEvent.click(submit);
    await waitFor(() =>
      expect(requests.at(-1)).toEqual({
        action: 'suspend',
        backup: 'backup-postgres',
        reason: 'the storage moves',
        dryRun: false,
      }),
    );
  });

  it('is undone where it is paused', async () => {
    const { requests } = await show({ suspended: true, freshness: 'paused' });
    const dialog = await press('Resume schedule…');
    expect(
      screen.queryByRole('button', { name: 'Pause schedule…' }),
    ).toBeNull();
    const submit = within(dialog).getByRole('button', {
      name: 'Resume the schedule',
    });
    await waitFor(() => expect(submit).toBeEnabled());
    await userEvent.click(submit);
    await waitFor(() =>
      expect(requests.at(-1)).toMatchObject({ action: 'resume' }),
    );
  });
});

describe('proving a backup by a restore', () => {
  it('says what is restored and that it is removed again', async () => {
    await show();
    const dialog = await press('Prove by a restore…');
    expect(
      await within(dialog).findByText(/removes what it restored/),
    ).toBeVisible();
  });

  it('is not offered where the chart has no drill', async () => {
    await show({ drill: undefined });
    const button = await screen.findByRole('button', {
      name: 'Prove by a restore…',
    });
    expect(whyBarred(button)).toMatch(/no restore drill/);
  });
});
