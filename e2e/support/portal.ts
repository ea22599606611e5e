import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PlaywrightTestConfig } from '@playwright/test';

const root = join(__dirname, '../..');

// Not the ports of `yarn start`, so that a portal may run beside.
const port = Number(process.env.AKKO_E2E_PORT ?? 3100);
const backendPort = port + 4007;

export const portalUrl = `http://localhost:${port}`;
export const backendUrl = `http://localhost:${backendPort}`;
/** Where the portal under test keeps its logs and config. */
export const stateFolder = join(root, `.sandbox/port-${port}`);

/** The browser; undefined where there is none. */
export const chromium = [
  process.env.AKKO_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
].find(path => path && existsSync(path));

/** What every suite shares, whatever it looks at. */
export const common = {
  // They all change one and the same thing.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME
    ? [['list'], ['json']]
    : [['list']],
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
} satisfies PlaywrightTestConfig;

/** What the suites of the pages share: one portal of their own. */
export function portalConfig(
  testDir: string,
  startArguments: string[] = [],
): PlaywrightTestConfig {
  const command = [
    `node scripts/start.mjs --port ${port} --backend-port ${backendPort}`,
    ...startArguments,
  ].join(' ');
  return {
    ...common,
    testDir,
    globalSetup: require.resolve('./waitForBackend'),
    outputDir: join(root, '.tools/e2e-results', testDir.split('/').pop()!),
    timeout: 120_000,
    expect: { timeout: 30_000 },
    use: { ...common.use, baseURL: portalUrl },
    webServer: {
      command,
      cwd: root,
      url: portalUrl,
      timeout: 300_000,
      reuseExistingServer: !process.env.CI,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
      stdout: 'ignore',
      stderr: 'pipe',
    },
  };
}
