import { expect, test, type Locator } from '@playwright/test';
import { expectAccessible } from '../support/accessibility';
import { backendUrl } from '../support/portal';
import { confirmRerun } from '../support/rerun';
import { BEN, GUEST, signInAs } from '../support/signIn';

const api = `${backendUrl}/api/akko`;
/** Of Ben's team. */
const own = 'prod-eu/akko-lab/lab';
/** Of the platform team; some of its jobs have failed. */
const others = 'prod-eu/akko/akko';

let token: string;

// It is one and the same portal: the backend is told to sign people in as somebody else for as long as this takes.
test.beforeAll(async ({ request }) => {
  token = await signInAs(request, BEN);
});
test.afterAll(async ({ request }) => {
  await signInAs(request, GUEST);
});

test('whoever owns an instance re-runs its jobs, and is named as the one who asked', async ({
  page,
  request,
}) => {
  await page.goto('/akko');
  await expect(page.getByText('11 instances')).toBeVisible();
  await page.locator(`a[href="/akko/${own}"]`).first().click();
  await page.getByRole('button', { name: 'Table' }).click();
  await page
    .getByRole('button', { name: 'Actions for Object storage' })
    .click();
  await page.getByRole('menuitem', { name: 'Re-run minio-init' }).click();
  await confirmRerun(page, 'it is ours');

  const newest = async () => {
    const response = await request.get(`${api}/instances/${own}/operations`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    return (await response.json()).items[0];
  };
  await expect.poll(newest).toMatchObject({
    action: 'rerun',
    state: 'succeeded',
    requestedBy: BEN,
    via: 'portal',
    reason: 'it is ours',
  });
  await page.getByRole('tab', { name: 'Activity' }).click();
  await expect(page.getByText(/by ben “it is ours”/)).toBeVisible();
});

test('of other instances it is said which permission is missing, to mouse, keyboard and API', async ({
  page,
  request,
}) => {
  await page.goto(`/akko/${others}?job=keycloak-clients`);
  const drawer = page.getByRole('dialog');
  await expect(
    drawer.getByText('You may not read logs of this instance'),
  ).toBeVisible();
  await expect(drawer.getByText(/akko\.log\.read/).first()).toBeVisible();
  await expectForbidden(
    drawer.getByRole('button', { name: /^Re-run/ }).first(),
    'akko.job.run',
  );
  await expectAccessible(page, 'a run of others');

  await page.goto(`/akko/${others}?tab=backups`);
  await expectForbidden(
    page.getByRole('button', { name: /^Prove by a restore/ }),
    'akko.drill.run',
  );
  await expectForbidden(
    page.getByRole('button', { name: /^Pause schedule/ }),
    'akko.backup.change',
  );
  const backUp = page.getByRole('button', { name: 'Back up now' });
  await expectForbidden(backUp, 'akko.backup.run');
  await expectAccessible(page, 'backups of others');
  await page.mouse.move(0, 0);
  await backUp.hover({ force: true });
  const reason = page.getByRole('tooltip', { name: /akko\.backup\.run/ });
  await expect(reason).toBeVisible();
  await page.mouse.move(0, 0);
  await expect(reason).toBeHidden();
  await page.keyboard.press('Tab');
  await backUp.focus();
  await expect(reason).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const answer = await request.post(`${api}/instances/${others}/operations`, {
    headers: { Authorization: `Bearer ${token}` },
    data: { action: 'rerun', jobs: 'all' },
  });
  expect(answer.status()).toBe(403);
  expect((await answer.json()).error).toMatchObject({
    code: 'not-allowed',
    permission: 'akko.job.run',
  });
});

async function expectForbidden(
  control: Locator,
  permission: string,
): Promise<void> {
  await expect(control).toBeDisabled();
  await expect(control).toHaveAccessibleDescription(
    `You need the permission ${permission} on this instance`,
  );
}
