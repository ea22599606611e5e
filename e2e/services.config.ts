import { defineConfig } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { portalConfig, stateFolder } from './support/portal';

const kubeconfig = process.env.AKKO_SERVICES_KUBECONFIG;
if (!kubeconfig) {
  throw new Error(
    'AKKO_SERVICES_KUBECONFIG names no cluster with the services of an AKKO release. `yarn e2e:services --suite browser` starts one.',
  );
}

const file = join(stateFolder, 'services.yaml');
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
          kubeconfig: { file: kubeconfig },
          namespaces: ['akko'],
        },
      ],
      instances: [],
    },
  }),
);

/** Backups in the browser, of real services on a real cluster. */
export default defineConfig({
  ...portalConfig(join(__dirname, 'services'), [
    '--no-sandbox',
    '--config',
    file,
  ]),
  timeout: 600_000,
});
