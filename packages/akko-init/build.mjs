#!/usr/bin/env node
// Bundles the program to one file, the same bytes from the same sources: dist/akko-init.cjs.
import { chmodSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));
const { version } = JSON.parse(
  readFileSync(join(folder, 'package.json'), 'utf8'),
);
const outfile = process.argv[2] ?? join(folder, 'dist/akko-init.cjs');

await build({
  absWorkingDir: folder,
  entryPoints: ['src/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  banner: { js: '#!/usr/bin/env node' },
  define: { AKKO_INIT_VERSION: JSON.stringify(version) },
  // An optional native driver that this program does not use.
  external: ['pg-native'],
  minify: true,
  keepNames: true,
  legalComments: 'linked',
  logLevel: 'warning',
});
chmodSync(outfile, 0o755);
