import { expect, test } from '@playwright/test';
import { openJob } from '../support/screens';

test('on the live instance a re-run is the program itself, and finds what it made before', async ({
  page,
}) => {
  await page.goto('/akko/local/akko-live/live');
  const node = page.locator('[data-job="postgres-init"]');
  await expect(node).toContainText('Done');
  await expect(node).toContainText('Real program');
  await expect(page.locator('[data-job="polaris-init"]')).toContainText(
    'Simulated',
  );

  await openJob(page, 'postgres-init');
  const drawer = page.getByRole('dialog').first();
  await expect(drawer.getByText('Real program')).toBeVisible();
  await drawer.getByRole('button', { name: 'Re-run postgres-init' }).click();
  const confirmation = page.getByRole('dialog', { name: /^Re-run 1 job of/ });
  await confirmation.getByLabel(/^Reason/).fill('is all of it there?');
  await confirmation.getByRole('button', { name: 'Re-run 1 job' }).click();
  await expect(confirmation).toBeHidden();

  await expect(drawer.getByText('is all of it there?').first()).toBeVisible();
  await expect(drawer.getByText('Done', { exact: true }).first()).toBeVisible();
  await expect(drawer.getByText(/unchanged database keycloak/)).toBeVisible();
  const report = drawer.getByRole('region', { name: 'What it did' });
  await expect(
    report.getByRole('row', { name: /database keycloak Unchanged/ }),
  ).toBeVisible();
  await expect(report.getByText('Created')).toHaveCount(0);
});

test('on the live instance the backup of the buckets is a true one', async ({
  page,
}) => {
  await page.goto('/akko/local/akko-live/live?tab=backups&backup=backup-minio');
  await openJob(page, 'backup-minio');
  const drawer = page.getByRole('dialog').first();
  await expect(drawer.getByText('Real program')).toBeVisible();
  await expect(drawer.getByText(/^s3:\/\/akko-backups/).first()).toBeVisible();
  await expect(
    drawer.getByRole('row', { name: /akko-shared .* 2/ }).first(),
  ).toBeVisible();
});
