#!/usr/bin/env node
// Writes rendered.yaml: the chart with the values of the live instance, so that the demo needs no Helm. With --print it goes to standard output.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pathOf = name => fileURLToPath(new URL(name, import.meta.url));

const output = execFileSync(
  process.env.AKKO_HELM ?? 'helm',
  [
    'template',
    'live',
    pathOf('../../../helm/akko'),
    ...['--namespace', 'akko-live'],
    ...['--kube-version', '1.35.0'],
    ...['--values', pathOf('values.yaml')],
  ],
  { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 },
);
// Helm 3 and 4 differ in the empty lines between documents.
const rendered = `${output.replace(/\n+---\n/g, '\n---\n').trimEnd()}\n`;
if (process.argv.includes('--print')) {
  process.stdout.write(rendered);
} else {
  writeFileSync(pathOf('rendered.yaml'), rendered);
}
