import { defineConfig } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

for (const [name, purpose] of [
  [
    'AKKO_SERVICES_KUBECONFIG',
    'the cluster, with PostgreSQL of an AKKO release',
  ],
  ['AKKO_PORTAL_IMAGE', 'the image of the portal, on its nodes'],
]) {
  if (!process.env[name]) {
    throw new Error(
      `${name} is not set: ${purpose}. \`yarn e2e:services --suite portal\` brings both.`,
    );
  }
}
// Workers read this file again; the first reading decides.
process.env.AKKO_E2E_NAMESPACE ??= `akko-e2e-${randomBytes(3).toString('hex')}`;
// RealInstance takes it from there.
process.env.KUBECONFIG = process.env.AKKO_SERVICES_KUBECONFIG;

const chromium = [process.env.AKKO_CHROMIUM, '/usr/bin/chromium'].find(
  path => path && existsSync(path),
);

/** The chart of the portal, installed on a real cluster with its image. Most of it needs no browser. */
export default defineConfig({
  testDir: join(__dirname, 'portal'),
  outputDir: join(__dirname, '../.tools/e2e-results/portal'),
  // One cluster; and a portal that starts takes all that a small machine has.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME
    ? [['list'], ['json']]
    : [['list']],
  metadata: { chromium: Boolean(chromium) },
  use: {
    viewport: { width: 1280, height: 860 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: chromium,
      // Chromium's sandbox refuses to run as root.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
