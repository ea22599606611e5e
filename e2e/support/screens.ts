import { expect, type Page } from '@playwright/test';

/** A screen that people see, and how to get there. */
export interface Screen {
  name: string;
  /** Of its picture, where what matters is further down. */
  height?: number;
  open(page: Page): Promise<void>;
}

const failedInstance = '/akko/prod-eu/akko/akko';

export const screens: readonly Screen[] = [
  {
    name: 'fleet',
    async open(page) {
      await page.goto('/akko');
      await expect(page.getByText(/11 instances/)).toBeVisible();
    },
  },
  {
    name: 'instance',
    async open(page) {
      await page.goto(failedInstance);
      await expect(
        page.getByText(/Keycloak refuses the administrator/).first(),
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
    name: 'backups',
    height: 1480,
    async open(page) {
      await page.goto(`${failedInstance}?tab=backups`);
      await expect(page.getByText(/^Last verified backup/)).toBeVisible();
      await expect(page.getByText(/\d+ backups, \d+ failed/)).toBeVisible();
      await expect(
        page
          .getByRole('table', { name: /ledger/i })
          .getByRole('row')
          .nth(5),
      ).toBeVisible();
    },
  },
  {
    name: 'card',
    async open(page) {
      await page.goto('/catalog/default/component/akko-prod-eu');
      await expect(
        page.getByText(/Keycloak refuses the administrator/).first(),
      ).toBeVisible();
    },
  },
];

/** Screens beside those of the pictures. */
export const furtherScreens: readonly Screen[] = [
  {
    name: 'fleet by cluster with a selection',
    async open(page) {
      await page.goto('/akko?order=cluster');
      await page.getByLabel('Select staging/akko/akko').check();
      await expect(page.getByText('1 instance selected')).toBeVisible();
    },
  },
  {
    name: 'confirmation for several instances',
    async open(page) {
      await page.goto('/akko');
      await page.getByLabel('Select staging/akko/akko').check();
      await page.getByLabel('Select prod-us/akko-risk/risk').check();
      await page
        .getByRole('button', { name: /^Re-run 3 failed jobs$/ })
        .click();
      await expect(
        page.getByRole('dialog', {
          name: 'Re-run 3 failed jobs of 2 instances',
        }),
      ).toBeVisible();
    },
  },
  {
    name: 'jobs as a table',
    async open(page) {
      await page.goto(`${failedInstance}?view=table`);
      await expect(
        page.getByRole('button', { name: 'Actions for Keycloak clients' }),
      ).toBeVisible();
    },
  },
  {
    name: 'backup that was taken',
    async open(page) {
      await page.goto(`${failedInstance}?job=backup-postgres`);
      await expect(
        page.getByRole('dialog').getByText('Read back as a whole').first(),
      ).toBeVisible();
    },
  },
  {
    name: 'fleet by protection',
    async open(page) {
      await page.goto('/akko?order=protection');
      await expect(
        page
          .getByRole('region', { name: 'Instances' })
          .getByText('Paused too long'),
      ).toBeVisible();
    },
  },
  {
    name: 'home',
    async open(page) {
      await page.goto('/home');
      await expect(
        page.getByText(/\d+ of 1\d backups need attention/),
      ).toBeVisible();
    },
  },
  {
    name: 'live instance',
    async open(page) {
      await page.goto('/akko/local/akko-live/live?view=table');
      await expect(page.getByText('Real program').first()).toBeVisible();
    },
  },
  {
    name: 'choice of jobs',
    async open(page) {
      await page.goto(failedInstance);
      await page.getByRole('button', { name: 'More ways to re-run' }).click();
      await page
        .getByRole('menuitem', { name: 'Choose jobs to re-run' })
        .click();
      await expect(
        page.getByRole('button', { name: 'Re-run 2 jobs' }),
      ).toBeEnabled();
    },
  },
  {
    name: 'activity',
    async open(page) {
      await page.goto(`${failedInstance}?tab=activity`);
      await expect(
        page.getByText('Helm upgrade, revision 14').first(),
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
