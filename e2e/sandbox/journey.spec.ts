import { expect, test } from '@playwright/test';
import { expectNoReload, markDocument } from '../support/noReload';

test('from the fleet to a failed job, its log, a re-run and success, without a reload', async ({
  page,
}) => {
  await page.goto('/akko');
  await markDocument(page);
  await expect(page.getByText(/10 instances/)).toBeVisible();
  await expect(page.getByText(/sandbox/i).first()).toBeVisible();

  await page.locator('a[href="/akko/prod-eu/akko/akko"]').first().click();
  await expect(page).toHaveURL(/\/akko\/prod-eu\/akko\/akko/);
  await expect(
    page.getByText(/Keycloak refuses the admin password/).first(),
  ).toBeVisible();

  await page
    .locator('a[href*="/keycloak-clients"], [data-job="keycloak-clients"]')
    .first()
    .click();
  await expect(page.getByText(/HTTP 401/).first()).toBeVisible();
  await page
    .getByRole('button', { name: /^Re-run/ })
    .last()
    .click();
  const dialog = page.getByRole('dialog').last();
  await dialog.getByRole('button', { name: /^Re-run/ }).click();

  await expect(page.getByText('Running').first()).toBeVisible();
  await expect(page.getByText('Done').first()).toBeVisible({ timeout: 90_000 });
  await expectNoReload(page);
});
