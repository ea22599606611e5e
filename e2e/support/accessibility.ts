import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Expects axe to find nothing wrong with what is on the screen. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // Backstage's own navigation is not ours to judge.
    .exclude('nav[aria-label="sidebar nav"]')
    .analyze();
  const findings = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes
        .slice(0, 3)
        .map(({ html }) => `    ${html.slice(0, 200)}`)
        .join('\n')}`,
  );
  expect(findings).toEqual([]);
}
