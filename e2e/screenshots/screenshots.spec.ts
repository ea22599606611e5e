import { test } from '@playwright/test';
import { join } from 'node:path';
import { screens } from '../support/screens';
import { useTheme } from '../support/theme';

const folder = join(__dirname, '../../docs/images');

for (const screen of screens) {
  for (const theme of ['light', 'dark'] as const) {
    test(`${screen.name}, ${theme}`, async ({ page }) => {
      await useTheme(page, theme);
      // Still pictures: a spinner would differ each time.
      await page.emulateMedia({ reducedMotion: 'reduce' });
      if (screen.height) {
        await page.setViewportSize({ width: 1280, height: screen.height });
      }
      await screen.open(page);
      await page.screenshot({
        path: join(folder, `${screen.name}-${theme}.png`),
        animations: 'disabled',
      });
    });
  }
}
