import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Sandbox } from '@akko/kube-sandbox';

const { values } = parseArgs({
  options: { 'write-kubeconfig': { type: 'string' } },
});
async function main() {
  const sandbox = await Sandbox.start({
    clusters: [{ name: 'prod-eu' }, { name: 'prod-us' }, { name: 'staging' }],
  });
  writeFileSync(values['write-kubeconfig']!, sandbox.kubeconfig());
}
main();
