import type { Page } from '@playwright/test';

export type Theme = 'light' | 'dark';

/** Chooses the portal's theme for every page opened from now on. */
export async function useTheme(page: Page, theme: Theme): Promise<void> {
  await page.addInitScript(name => {
    window.localStorage.setItem('theme', name);
  }, theme);
}
