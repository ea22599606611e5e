import type {
  Backup,
  HealthTotals,
  Instance,
  InstanceSummary,
} from '@akko/backstage-plugin-akko-common';
import { PrometheusPage } from './__testUtils__/PrometheusPage';
import { BackupMetrics } from './BackupMetrics';

const INSTANCES = 1000;
const names = ['backup-postgres', 'backup-minio', 'backup-keycloak'];

const instance = (index: number) =>
  ({
    ref: `prod/ns-${index}/akko`,
    cluster: 'prod',
    namespace: `ns-${index}`,
    release: 'akko',
    backups: names.map(
      (name): Partial<Backup> => ({
        name,
        freshness: 'unverified',
        concerns: [{ type: 'unverified', message: '' }],
        lastGoodAt: '2026-11-29T02:10:00Z',
      }),
    ),
  } as unknown as Instance);

it('tells every backup of a thousand instances by its own name', async () => {
  const page = new PrometheusPage();
  const all = Array.from({ length: INSTANCES }, (_, index) => instance(index));
  const byRef = new Map(all.map(item => [item.namespace, item]));
  const metrics = new BackupMetrics({
    metrics: page.metrics,
    fleet: { clusters: () => [] },
    instances: {
      list: async () => ({
        items: all as unknown as InstanceSummary[],
        totals: {} as HealthTotals,
      }),
      get: async ({ namespace }) => byRef.get(namespace),
    },
    recorder: { onRunChanged: () => () => {} },
    now: () => Date.parse('2026-11-29T12:00:00Z'),
  });
  metrics.start();

  const ages = await page.series('akko_backup_last_good_age_seconds');
  const concerns = await page.series('akko_backup_concern');

  expect(Object.keys(ages)).toHaveLength(INSTANCES * names.length);
  expect(Object.keys(concerns)).toHaveLength(INSTANCES * names.length);
});
