import { expect, test } from '@playwright/test';
import { expectBackupAndDrill } from '../support/backups';

test('on the live instance a backup of the buckets is taken, and proven by a restore, by the program itself', async ({
  page,
}) => {
  await page.goto('/akko/local/akko-live/live?tab=backups&backup=backup-minio');
  await expectBackupAndDrill(page, {
    location: /^s3:\/\/akko-backups/,
    level: 'Checksums compared',
  });
});

test('a schedule is paused with a reason and resumed, and says what happens next', async ({
  page,
}) => {
  await page.goto(
    '/akko/prod-eu/akko-analytics/analytics?tab=backups&backup=backup-postgres',
  );
  await page.getByRole('button', { name: /^Pause schedule/ }).click();
  const pause = page.getByRole('dialog', { name: /pause the schedule/ });
  await expect(
    pause.getByText(/nothing runs on schedule/).first(),
  ).toBeVisible();
  await expect(pause.getByRole('button', { name: /^Pause/ })).toBeDisabled();
  await pause.getByLabel(/^Reason/).fill('the storage moves');
  await pause.getByRole('button', { name: /^Pause/ }).click();
  await expect(page.getByText(/“the storage moves”/).first()).toBeVisible();
  await expect(page.getByText('None while it is paused')).toBeVisible();

  await page.getByRole('button', { name: /^Resume schedule/ }).click();
  const resume = page.getByRole('dialog', { name: /resume the schedule/ });
  await expect(resume.getByText(/The next run is at/)).toBeVisible();
  await resume.getByRole('button', { name: /^Resume/ }).click();
  await expect(page.getByText('None while it is paused')).toBeHidden();
});

test('the ledger can be filtered, paged, and taken along as CSV', async ({
  page,
}) => {
  await page.goto('/akko/prod-eu/akko/akko?tab=backups&backup=backup-postgres');
  const ledger = page.getByRole('table', { name: /ledger/i });
  await expect(ledger.getByRole('row').nth(50)).toBeVisible();
  await page.getByRole('button', { name: /^Show more/ }).click();
  await expect(ledger.getByRole('row').nth(100)).toBeVisible();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  const lines: string[] = [];
  for await (const chunk of await download.createReadStream()) {
    lines.push(String(chunk));
  }
  const rows = lines.join('').trimEnd().split('\r\n');
  expect(rows[0]).toMatch(/^id,instance,backup,origin,/);
  expect(rows.length).toBeGreaterThan(120);

  await page
    .getByLabel('Proven at least')
    .selectOption({ label: 'Restored in a drill' });
  await expect(ledger.getByRole('row')).toHaveCount(4);
});
