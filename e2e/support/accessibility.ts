import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Lets axe judge what is on the screen. Findings fail the test at its end, so that all of them are told. */
export async function expectAccessible(
  page: Page,
  where: string,
): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // Backstage's own navigation and page header are not ours to judge.
    .exclude('nav[aria-label="sidebar nav"]')
    .exclude('[data-testid="mobile-sidebar-root"]')
    .exclude('.bui-PluginHeaderToolbarName')
    .analyze();
  const findings = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes
        .slice(0, 3)
        .map(({ html, target }) => `${target}: ${html.slice(0, 200)}`)
        .join('\n')}`,
  );
  expect.soft(findings, `what axe finds at ${where}`).toEqual([]);
}
