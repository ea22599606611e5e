import { expect, test } from '@playwright/test';
import { expectNoReload, markDocument } from '../support/noReload';
import { RealInstance } from '../support/RealInstance';

const instance = new RealInstance();

test.beforeAll(() => instance.create());
test.afterAll(() => instance.remove());

test('a Job that failed on a real cluster is seen, read, re-run and seen to succeed, without a reload', async ({
  page,
}) => {
  await page.goto('/akko');
  await markDocument(page);
  const address = `/akko/real/${instance.namespace}/${instance.release}`;
  await page.locator(`a[href="${address}"]`).first().click();
  await page
    .getByRole('button', { name: /Keycloak clients/ })
    .first()
    .click();
  await expect(
    page.getByText(/the switch keycloak is missing/).first(),
  ).toBeVisible();
  const [failed] = await instance.jobsOf('keycloak-clients');

  await instance.turnSwitchOn();
  await page
    .getByRole('button', { name: /^Re-run/ })
    .last()
    .click();
  await page
    .getByRole('dialog')
    .last()
    .getByRole('button', { name: /^Re-run/ })
    .click();
  await expect(page.getByText(/5 updated/).first()).toBeVisible({
    timeout: 120_000,
  });
  await expectNoReload(page);

  const jobs = await instance.jobsOf('keycloak-clients');
  expect(jobs).toHaveLength(1);
  expect(jobs[0].metadata?.uid).not.toBe(failed.metadata?.uid);
});
