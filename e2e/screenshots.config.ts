import { defineConfig } from '@playwright/test';
import { join } from 'node:path';
import { portalConfig } from './support/portal';

/** Writes the pictures of the README and the guide to docs/images. */
export default defineConfig(portalConfig(join(__dirname, 'screenshots')));
