import { expect, test } from '@playwright/test';
import { ChartRelease } from '../../plugins/akko-backend/src/acceptance/__testUtils__/ChartRelease';
import { expectBackupAndDrill } from '../support/backups';

/** Only databases and buckets are needed here: there is something to back up then. */
const OFF = [
  'polaris',
  'keycloakClients',
  'keycloakSync',
  'bootstrapAdmin',
  'aiFunctions',
  'superset',
];
const release = new ChartRelease(process.env.AKKO_HELM ?? 'helm', 'akko', {
  ...Object.fromEntries(OFF.map(job => [`akko-init.${job}.enabled`, 'false'])),
  'akko-init.useHelmHooks': 'false',
  'akko-init.backup.postgres.enabled': 'true',
  'akko-init.backup.minio.enabled': 'true',
});

test.beforeAll(async () => {
  await release.uninstall();
  await release.upgrade();
  await release.completed();
  await release.openBackupVolume();
});
test.afterAll(() => release.uninstall());

for (const { backup, level, location } of [
  {
    backup: 'backup-postgres',
    level: 'Read back as a whole',
    location: /^\/backups\/postgres\//,
  },
  {
    backup: 'backup-minio',
    level: 'Checksums compared',
    location: /^\/backups\/minio\//,
  },
]) {
  test(`${backup} of the real service is taken and restored, and the ledger shows size, checksum and level`, async ({
    page,
  }) => {
    await page.goto(`/akko/real/akko/akko?tab=backups&backup=${backup}`);
    await expect(page.getByRole('button', { name: 'Back up now' })).toBeEnabled(
      { timeout: 60_000 },
    );
    await expectBackupAndDrill(page, { level, location });
  });
}
