import { expect, type Page } from '@playwright/test';

/** Marks the document, so that {@link expectNoReload} can tell whether it is still the same one. */
export async function markDocument(page: Page): Promise<void> {
  await page.evaluate(() => {
    (window as any).akkoJourney = true;
  });
}

export async function expectNoReload(page: Page): Promise<void> {
  expect(await page.evaluate(() => (window as any).akkoJourney)).toBe(true);
}
