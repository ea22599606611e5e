// Benchmarks measure the mirror alone, which the plugin does not export.
// eslint-disable-next-line @backstage/no-forbidden-package-imports
import { createFleet } from '@akko/backstage-plugin-akko-backend/src/clusters';
// eslint-disable-next-line @backstage/no-forbidden-package-imports
import { readAkkoConfig } from '@akko/backstage-plugin-akko-backend/src/config';
import { ConfigReader } from '@backstage/config';
import { serve } from '../child';
import { quietLogger } from './quietLogger';
import { usedHeap } from './heap';

serve({
  /** Lists and watches the fleet, and keeps what the plugin keeps. */
  async measure({ kubeconfig }: { kubeconfig: string }) {
    const config = readAkkoConfig(
      new ConfigReader({
        akko: {
          clusters: [
            {
              name: 'bench',
              kubeconfig: { file: kubeconfig, context: 'bench' },
            },
          ],
        },
      }),
    );
    const before = await usedHeap();
    const fleet = createFleet({ config, logger: quietLogger });
    const synced = new Promise<void>(resolve =>
      fleet.subscribe({ onSynced: () => resolve() }),
    );
    await fleet.start();
    await synced;
    const after = await usedHeap();
    const { mirror } = fleet.cluster('bench')!;
    return {
      bytes: after - before,
      objects: mirror.list('jobs').length + mirror.list('pods').length,
    };
  },
});
