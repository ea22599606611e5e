import { expect, test } from '@playwright/test';
import { expectNoReload, markDocument } from '../support/noReload';
import { RealInstance } from '../support/RealInstance';
import { rerunOpenJob } from '../support/rerun';
import { openJob } from '../support/screens';

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
  // The graph is drawn anew as the Jobs come: a click before that would meet another one.
  await expect(
    page.locator('[data-job="keycloak-clients"]').filter({ hasText: 'Failed' }),
  ).toBeVisible({ timeout: 90_000 });
  await openJob(page, 'keycloak-clients');
  await expect(
    page.getByText(/the switch keycloak is missing/).first(),
  ).toBeVisible();
  const [failed] = await instance.jobsOf('keycloak-clients');

  await instance.turnSwitchOn();
  await rerunOpenJob(page, 'keycloak-clients', 'turned the switch on');
  await expect(page.getByText(/done: 0 created, 5 updated/)).toBeVisible();
  await expectNoReload(page);

  const jobs = await instance.jobsOf('keycloak-clients');
  expect(jobs).toHaveLength(1);
  expect(jobs[0].metadata?.uid).not.toBe(failed.metadata?.uid);
});
