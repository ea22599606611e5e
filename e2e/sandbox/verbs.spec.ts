import { expect, test, type Page } from '@playwright/test';
import { AuditTrail } from '../support/AuditTrail';
import { backendUrl } from '../support/portal';
import { BEN, GUEST, signInAs } from '../support/signIn';

/** Of Ben's team. */
const own = 'prod-eu/akko-analytics/analytics';
/** Of the platform team. */
const others = 'prod-eu/akko/akko';
const backup = 'backup-postgres';

let token: string;

// What programs and the scaffolder do and may not do is told by the contract test of the backend; this is the same of the pages.
test.beforeAll(async ({ request }) => {
  token = await signInAs(request, BEN);
});
test.afterAll(async ({ request }) => {
  await signInAs(request, GUEST);
});

/** Presses a button, and what confirms it in the dialog that it opens. */
async function press(
  page: Page,
  button: string | RegExp,
  confirm: string | RegExp,
  reason?: string,
): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  const dialog = page.getByRole('dialog').last();
  if (reason) {
    await dialog.getByLabel(/^Reason/).fill(reason);
  }
  await dialog.getByRole('button', { name: confirm }).click();
  await expect(dialog).toBeHidden();
}

const backups = (page: Page) =>
  page.goto(`/akko/${own}?tab=backups&backup=${backup}`);

for (const [action, permission, act] of [
  [
    'rerun',
    'akko.job.run',
    async (page: Page) => {
      await page.goto(`/akko/${own}`);
      await page.getByRole('button', { name: 'More ways to re-run' }).click();
      await page.getByRole('menuitem', { name: 'Re-run all jobs' }).click();
      const dialog = page.getByRole('dialog').last();
      await dialog.getByRole('button', { name: /^Re-run \d+ jobs$/ }).click();
      await expect(dialog).toBeHidden();
    },
  ],
  [
    'backup',
    'akko.backup.run',
    async (page: Page) => {
      await backups(page);
      await press(page, 'Back up now', 'Back up now');
    },
  ],
  [
    'drill',
    'akko.drill.run',
    async (page: Page) => {
      await backups(page);
      await press(page, /^Prove by a restore/, /^Restore|^Prove/);
    },
  ],
  [
    'suspend',
    'akko.backup.change',
    async (page: Page) => {
      await backups(page);
      await press(page, /^Pause schedule/, /^Pause/, 'the storage moves');
    },
  ],
  [
    'resume',
    'akko.backup.change',
    async (page: Page) => {
      await backups(page);
      await press(page, /^Resume schedule/, /^Resume/);
    },
  ],
] as const) {
  test(`in the pages, ${action} is done for who may and refused to who may not, and audited once each`, async ({
    page,
    request,
  }) => {
    const done = new AuditTrail();
    await act(page);
    const change = { action, principal: BEN, via: 'portal' };
    await expect
      .poll(() => done.changes())
      .toEqual([{ ...change, instance: own, status: 'succeeded' }]);
    const authorization = { Authorization: `Bearer ${token}` };
    const newest = async () => {
      const response = await request.get(
        `${backendUrl}/api/akko/instances/${own}/operations?limit=1`,
        { headers: authorization },
      );
      return (await response.json()).items[0];
    };
    await expect
      .poll(newest)
      .toMatchObject({ action, requestedBy: BEN, via: 'portal' });

    // The pages offer it as barred (permissions.spec.ts); who sends it all the same is refused.
    const refused = new AuditTrail();
    const answer = await request.post(
      `${backendUrl}/api/akko/instances/${others}/operations`,
      {
        headers: authorization,
        data:
          action === 'rerun'
            ? { action, jobs: 'all' }
            : { action, backup, reason: 'because' },
      },
    );
    expect(answer.status()).toBe(403);
    expect((await answer.json()).error.permission).toBe(permission);
    await expect
      .poll(() => refused.changes())
      .toEqual([{ ...change, instance: others, status: 'failed' }]);
  });
}
