import { defineConfig } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { portalConfig, stateFolder } from './support/portal';

// Workers read this file again; the first reading decides.
process.env.AKKO_E2E_NAMESPACE ??= `akko-e2e-${randomBytes(3).toString('hex')}`;
process.env.KUBECONFIG ??= join(homedir(), '.kube/config');

const file = join(stateFolder, 'cluster.yaml');
mkdirSync(stateFolder, { recursive: true });
// JSON is YAML.
writeFileSync(
  file,
  JSON.stringify({
    akko: {
      clusters: [
        {
          name: 'real',
          title: 'Real cluster',
          kubeconfig: { file: process.env.KUBECONFIG },
          namespaces: [process.env.AKKO_E2E_NAMESPACE],
        },
      ],
      instances: [],
    },
  }),
);

/** The journey on a real cluster: the one of KUBECONFIG. */
export default defineConfig({
  ...portalConfig(join(__dirname, 'cluster'), [
    '--no-sandbox',
    '--config',
    file,
  ]),
  timeout: 240_000,
});
