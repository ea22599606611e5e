import { installChart } from '../installChart';
import { copySecrets, imageOf, server, startPostgresql } from '../servers';
import type { CaptureCase } from '../types';

/** Superset with nothing to show yet. */
export const dashboards: CaptureCase[] = [
  {
    name: 'dashboard-before-its-data',
    title: 'The tables of the dashboard are not there yet',
    broken:
      'superset-bootstrap finds no tables of the demo in Trino: it connects Superset, skips datasets and charts, and succeeds.',
    family: 'service',
    expected: { rule: 'superset-table-missing', job: 'superset-bootstrap' },
    chart: 'akko-init',
    async run(context) {
      const own = ['akko-postgresql', 'akko-superset'];
      await copySecrets(context, own);
      await startPostgresql(context, 'akko-postgresql');
      const login = (variable: string, name: string, key: string) => ({
        name: variable,
        valueFrom: { secretKeyRef: { name, key } },
      });
      await context.create(
        ...server({
          name: 'akko-superset',
          image: await imageOf(context, 'akko-superset'),
          ports: [8088],
          container: {
            env: [
              login('ADMIN_USER', 'akko-superset', 'admin-user'),
              login('ADMIN_PASSWORD', 'akko-superset', 'admin-password'),
              login('SUPERSET_SECRET_KEY', 'akko-superset', 'secret-key'),
              { name: 'DB_HOST', value: 'akko-postgresql' },
              login('DB_PASSWORD', 'akko-postgresql', 'postgres-password'),
            ],
            readinessProbe: {
              httpGet: { path: '/health', port: 8088 },
              periodSeconds: 1,
              timeoutSeconds: 5,
            },
          },
        }),
      );
      await context.isReady('akko-superset');
      await installChart(context, {
        on: ['superset'],
        withoutSecrets: own,
        values: {
          services: { superset: { url: 'http://akko-superset:8088' } },
          superset: {
            content: {
              datasets: [
                {
                  // That of the chart's own dataset, which its charts read.
                  uuid: '832c50cb-7f23-45a9-aafc-a590f3e76f99',
                  catalog: 'tpch',
                  schema: 'tiny',
                  table: 'demo_transactions',
                },
              ],
            },
          },
        },
      });
      await context.jobEnds();
    },
  },
];
