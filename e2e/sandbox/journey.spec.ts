import { expect, test } from '@playwright/test';
import { expectNoReload, markDocument } from '../support/noReload';
import { rerunOpenJob } from '../support/rerun';
import { openFailedRun } from '../support/screens';

test('from the fleet to a failed job, its log, a re-run and success, without a reload', async ({
  page,
}) => {
  await page.goto('/akko');
  await markDocument(page);
  await expect(page.getByText('11 instances')).toBeVisible();
  await expect(page.getByText('Sandbox').first()).toBeVisible();

  await page.locator('a[href="/akko/prod-eu/akko/akko"]').first().click();
  await expect(
    page.getByText(/Keycloak refuses the administrator/).first(),
  ).toBeVisible();

  await openFailedRun(page);
  await rerunOpenJob(page, 'keycloak-clients', 'rotated the password');
  await expect(page.getByText(/unchanged client jupyterhub/)).toBeVisible();
  await expectNoReload(page);
});
