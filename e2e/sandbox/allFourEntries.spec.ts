import { expect, test } from '@playwright/test';
import { confirmRerun } from '../support/rerun';

/** The entries of the troubleshooting guide that are failures: what is found, the step that helps, and the re-run that clears it. */
const entries = [
  {
    entry: 'a service is not ready',
    instance: 'prod-us/akko-risk/risk',
    job: 'superset-bootstrap',
    title: /Superset refuses connections/,
    step: /See whether the pods of Superset are there and ready/,
  },
  {
    entry: 'the password differs from that of the running server',
    instance: 'staging/akko-preview/preview',
    job: 'postgres-init',
    title: /refuses the password of postgres/,
    step: /ALTER USER postgres WITH PASSWORD/,
  },
  {
    entry: 'Polaris is still building its schema',
    instance: 'staging/akko/akko',
    job: 'polaris-init',
    title: /Polaris is not ready yet/,
    step: /See whether the pods of Polaris are there and ready/,
  },
];

for (const { entry, instance, job, title, step } of entries) {
  test(`${entry}: from the finding to the re-run that clears it`, async ({
    page,
  }) => {
    await page.goto(`/akko/${instance}`);
    const finding = page.getByRole('listitem').filter({ hasText: title });
    await expect(finding).toBeVisible();
    const showFix = finding.getByRole('button', { name: 'Show the fix' });
    if (await showFix.isVisible()) {
      await showFix.click();
    }
    await expect(finding.getByText(step)).toBeVisible();
    await expect(
      finding.getByText(/^kubectl .*--namespace=akko/).first(),
    ).toBeVisible();

    await finding.getByRole('button', { name: `Re-run ${job}` }).click();
    await confirmRerun(page, 'did what the finding says');
    await expect(finding).toBeHidden({ timeout: 120_000 });
  });
}

test('a bucket that exists already is normal, and no finding', async ({
  page,
}) => {
  await page.goto('/akko/prod-eu/akko/akko?view=table&job=minio-init');
  const drawer = page.getByRole('dialog').first();
  await expect(drawer.getByText('Done', { exact: true }).first()).toBeVisible();
  await expect(drawer.getByText(/akko-warehouse/).first()).toBeVisible();
  await expect(drawer.getByRole('button', { name: /the fix$/ })).toHaveCount(0);
});
