import { expect, test } from '@playwright/test';
import { portalUrl } from '../support/portal';

// As `npm start` has it: 9464 beside 3000.
const port =
  process.env.AKKO_METRICS_PORT ?? Number(new URL(portalUrl).port) + 6464;

test('Prometheus finds the backups of the fleet', async ({ request }) => {
  const page = async () => {
    const response = await request.get(`http://127.0.0.1:${port}/metrics`);
    expect(response.headers()['content-type']).toContain('text/plain');
    return response.text();
  };

  await expect.poll(page).toMatch(/^akko_backup_last_good_age_seconds\{/m);
  const text = await page();
  expect(text).toMatch(
    /^akko_backup_state\{cluster="[\w-]+",namespace="[\w-]+",release="[\w-]+",backup="backup-postgres",state="[a-z-]+",.*\} 1$/m,
  );
  expect(text).toMatch(/^akko_backup_runs_total\{.*outcome="failed".*\} \d+$/m);
  expect(text).toMatch(/^akko_cluster_reachable\{cluster="prod-eu",.*\} 1$/m);
  expect(text).toMatch(/^# TYPE akko_backup_last_good_age_seconds gauge$/m);
  expect(text).not.toContain('overflow');
});
