import { defineConfig } from '@playwright/test';
import { join } from 'node:path';
import { portalConfig } from './support/portal';
import { signInConfig } from './support/signIn';

/** The journey and the checks for accessibility, on the sandbox. */
export default defineConfig(
  portalConfig(join(__dirname, 'sandbox'), [
    '--backend-config',
    signInConfig(),
  ]),
);
