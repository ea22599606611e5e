import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { supersetBootstrapConfig } from './config';

const CONTENT =
  '../../../../../helm/akko/charts/akko-init/files/superset/content.yaml';

describe("the chart's content for Superset", () => {
  const content = parse(
    readFileSync(require.resolve(CONTENT), 'utf8'),
  ) as Record<string, any>;
  const config = supersetBootstrapConfig.parse({
    superset: { url: 'http://akko-superset:8088', user: {}, password: {} },
    trino: { url: 'http://akko-trino:8080' },
    ...content,
    database: {
      uri: 'trino://akko@akko-trino:8080/postgresql',
      ...content.database,
    },
  });

  it('is a dashboard with all of its charts, each answering the server, too', () => {
    expect(config.dashboard).toMatchObject({
      slug: 'akko-banking-fraud',
      title: 'AKKO Banking Fraud',
      charts: config.charts.map(({ uuid }) => uuid),
    });
    expect(config.charts.length).toBeGreaterThan(3);
    for (const chart of config.charts) {
      expect(chart.queries).toHaveLength(1);
    }
  });

  it('has every UUID once', () => {
    const uuids = [
      config.database,
      ...config.datasets,
      ...config.charts,
      config.dashboard!,
    ].map(({ uuid }) => uuid);

    expect(new Set(uuids).size).toBe(uuids.length);
  });
});
