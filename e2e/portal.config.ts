import { defineConfig } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { chromium, common } from './support/portal';

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

/** The chart of the portal, installed on a real cluster with its image. Most of it needs no browser. */
export default defineConfig({
  ...common,
  testDir: join(__dirname, 'portal'),
  outputDir: join(__dirname, '../.tools/e2e-results/portal'),
  timeout: 180_000,
  expect: { timeout: 60_000 },
  metadata: { chromium: Boolean(chromium) },
});
