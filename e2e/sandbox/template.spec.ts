import { expect, test, type Page } from '@playwright/test';

test('the template runs chosen jobs of an instance from the catalog, tells their progress, and leads to the instance', async ({
  page,
}) => {
  // It waits for real runs of jobs, on pages that nobody has opened before.
  test.slow();
  await chooseTemplate(page, 'Bootstrap AKKO');
  const picker = page.getByRole('textbox', { name: 'AKKO instance' });
  const option = page.getByRole('option', { name: 'AKKO Production America' });
  await picker.fill('AKKO Production America');
  await expect(option).toBeVisible();
  // It has no annotation, so it stands for no instance.
  await picker.fill('Fraud report');
  await expect(page.getByText('No options')).toBeVisible();
  await picker.fill('AKKO Production America');
  await option.click();
  await page.getByRole('button', { name: 'Next' }).click();

  await page.getByLabel('Chosen ones').check();
  await page.getByLabel('minio-init').check();
  await page.getByLabel('keycloak-clients').check();
  await page.getByLabel('Reason').fill('a bucket for the new team');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();

  await page.getByRole('button', { name: 'Show Logs' }).click();
  await expect(page.getByText('minio-init: running')).toBeVisible();
  await expect(
    page.getByText(/minio-init: succeeded in \d+ s, unchanged \d+/),
  ).toBeVisible();
  await expect(
    page.getByText(/keycloak-clients: succeeded in \d+ s, created 1/),
  ).toBeVisible();
  await expect(
    page.getByRole('row', { name: /^minio-init succeeded/ }),
  ).toBeVisible();

  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Open the instance' }).click();
  const activity = await opened;
  await expect(activity).toHaveURL('/akko/prod-us/akko/akko?tab=activity');
  await expect(
    activity.getByText(/a bucket for the new team/).first(),
  ).toBeVisible();
});

async function chooseTemplate(page: Page, title: string): Promise<void> {
  await page.goto('/create');
  await page
    .locator('.MuiCard-root', { hasText: title })
    .getByRole('button', { name: 'Choose' })
    .click();
}
