import { test } from '@playwright/test';
import { expectAccessible } from '../support/accessibility';
import { screens } from '../support/screens';
import { useTheme } from '../support/theme';

const sizes = [
  { width: 1280, height: 860 },
  { width: 360, height: 740 },
];

for (const screen of screens) {
  for (const theme of ['light', 'dark'] as const) {
    for (const size of sizes) {
      test(`${screen.name} has nothing that keeps people out, ${theme}, ${size.width} px`, async ({
        page,
      }) => {
        await page.setViewportSize(size);
        await useTheme(page, theme);
        await screen.open(page);
        await expectAccessible(page);
      });
    }
  }
}
