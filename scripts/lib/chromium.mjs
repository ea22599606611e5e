import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
];

/**
 * Path of a Chromium or Chrome for the browser tests, from AKKO_CHROMIUM or the PATH.
 * @returns {string | undefined}
 */
export function findChromium() {
  if (process.env.AKKO_CHROMIUM) return process.env.AKKO_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin');
  return names
    .flatMap(name => folders.map(folder => join(folder, name)))
    .find(path => existsSync(path));
}
