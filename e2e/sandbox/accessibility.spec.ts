import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility';
import { furtherScreens, screens } from '../support/screens';

const sizes = [
  { width: 1280, height: 860 },
  { width: 360, height: 740 },
];

let context: BrowserContext;
let page: Page;

// One browser context for all screens: the portal's scripts are fetched once.
test.beforeAll(async ({ browser }) => {
  context = await browser.newContext();
  page = await context.newPage();
});
test.afterAll(() => context.close());

for (const screen of [...screens, ...furtherScreens]) {
  test(`${screen.name} keeps nobody out, in light and dark, wide or narrow`, async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(sizes[0]);
    await screen.open(page);
    // The portal follows the system's theme while a page is open.
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await expect(page.locator('body')).toHaveAttribute(
        'data-theme-mode',
        theme,
      );
      for (const size of sizes) {
        await page.setViewportSize(size);
        await expectAccessible(page, `${theme}, ${size.width} px`);
      }
    }
  });
}
