import { test, type BrowserContext, type Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility';
import { furtherScreens, screens } from '../support/screens';
import { useTheme } from '../support/theme';

const sizes = [
  { width: 1280, height: 860 },
  { width: 360, height: 740 },
];

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    let context: BrowserContext;
    let page: Page;

    // One browser context for all screens: the portal's scripts are fetched once.
    test.beforeAll(async ({ browser }) => {
      context = await browser.newContext();
      page = await context.newPage();
      await useTheme(page, theme);
    });
    test.afterAll(() => context.close());

    for (const screen of [...screens, ...furtherScreens]) {
      test(`${screen.name} keeps nobody out, wide or narrow`, async () => {
        await page.setViewportSize(sizes[0]);
        await screen.open(page);
        for (const size of sizes) {
          await page.setViewportSize(size);
          await expectAccessible(page, `${size.width} px`);
        }
      });
    }
  });
}
