import { expect, type Page } from '@playwright/test';

/** A screen that people see, and how to get there. */
export interface Screen {
  name: string;
  open(page: Page): Promise<void>;
}

const failedInstance = '/akko/prod-eu/akko/akko';

export const screens: readonly Screen[] = [
  {
    name: 'fleet',
    async open(page) {
      await page.goto('/akko');
      await expect(page.getByText(/10 instances/)).toBeVisible();
    },
  },
  {
    name: 'instance',
    async open(page) {
      await page.goto(failedInstance);
      await expect(
        page.getByText(/Keycloak refuses the admin password/).first(),
      ).toBeVisible();
    },
  },
  {
    name: 'run',
    async open(page) {
      await page.goto(failedInstance);
      await openFailedRun(page);
    },
  },
  {
    name: 'card',
    async open(page) {
      await page.goto('/catalog/default/component/akko-prod-eu');
      await expect(
        page.getByText(/Keycloak refuses the admin password/).first(),
      ).toBeVisible();
    },
  },
];

/** Opens the drawer of the last run of a job. */
export async function openJob(page: Page, job: string): Promise<void> {
  await page.locator(`[data-job="${job}"]`).first().click();
}

/** Opens the drawer of the last run of `keycloak-clients`, with its log. */
export async function openFailedRun(page: Page): Promise<void> {
  await openJob(page, 'keycloak-clients');
  await expect(page.getByText(/HTTP 401/).first()).toBeVisible();
}
