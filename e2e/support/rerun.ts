import { expect, type Page } from '@playwright/test';

/** Presses Re-run in the open drawer of a job, gives a reason, confirms, and waits until the drawer shows that it is done. */
export async function rerunOpenJob(
  page: Page,
  job: string,
  reason: string,
): Promise<void> {
  const drawer = page.getByRole('dialog').first();
  await expect(drawer.getByText('Failed').first()).toBeVisible();
  await drawer
    .getByRole('button', { name: `Re-run ${job}`, exact: true })
    .click();
  await confirmRerun(page, reason);

  await expect(drawer.getByText('Running').first()).toBeVisible();
  await expect(drawer.getByText('Done', { exact: true }).first()).toBeVisible({
    timeout: 120_000,
  });
  await expect(drawer.getByText(reason).first()).toBeVisible();
}

/** Gives a reason in the confirmation for one job, and confirms. */
export async function confirmRerun(page: Page, reason: string): Promise<void> {
  const confirmation = page.getByRole('dialog', { name: /^Re-run 1 job of/ });
  await confirmation.getByLabel(/^Reason/).fill(reason);
  await confirmation.getByRole('button', { name: 'Re-run 1 job' }).click();
  await expect(confirmation).toBeHidden();
}
