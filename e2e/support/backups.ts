import { expect, type Page } from '@playwright/test';

/** Long enough for a real restore. */
const DONE_WITHIN = 180_000;

/**
 * On the tab of a backup: takes one now, sees it in the ledger with size, checksum and level, lets a drill restore it, and sees its level raised and the
 * measured time of the restore.
 */
export async function expectBackupAndDrill(
  page: Page,
  expected: { location: RegExp; level: string },
): Promise<void> {
  const ledger = page.getByRole('table', { name: /ledger/i });
  const newest = ledger.getByRole('row').nth(1);

  await page.getByRole('button', { name: 'Back up now' }).click();
  const ask = page.getByRole('dialog', { name: /back up now$/ });
  await ask.getByLabel(/^Reason/).fill('to see that it can be done');
  await ask.getByRole('button', { name: 'Back up now' }).click();
  await expect(ask).toBeHidden();
  await expect(newest).toContainText('By hand');
  await expect(newest).toContainText('Done', { timeout: DONE_WITHIN });
  await expect(newest).toContainText(/\d (B|KiB|MiB|GiB)/);
  await expect(newest).toContainText(expected.level);

  // The run itself tells place and checksum in full.
  await newest.getByRole('button').first().click();
  const drawer = page.getByRole('dialog').first();
  await expect(drawer.getByText(expected.location).first()).toBeVisible();
  await expect(drawer.getByText(/^[0-9a-f]{64}$/).first()).toBeVisible();
  await expect(
    drawer.getByText('to see that it can be done').first(),
  ).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: /^Prove by a restore/ }).click();
  const drill = page.getByRole('dialog', { name: /prove it by a restore$/ });
  await drill.getByRole('button', { name: /^Restore|^Prove/ }).click();
  await expect(drill).toBeHidden();
  await expect(newest).toContainText('Restored in a drill', {
    timeout: DONE_WITHIN,
  });
  await expect(newest).toContainText(/restore took/);
  await expect(
    page.getByText(/^Last verified backup .*restored/),
  ).toBeVisible();
}
