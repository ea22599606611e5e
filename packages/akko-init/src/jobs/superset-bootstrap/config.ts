import { z } from 'zod';
import { baseUrl, commonConfig } from '../../core/loadConfig';
import { secretSource } from '../../core/Secrets';

/** Columns of Superset's dashboard grid. */
export const GRID_COLUMNS = 12;

/** Superset tells them in small letters. */
const uuid = z.uuid().toLowerCase();

const datasetConfig = z.strictObject({
  uuid,
  catalog: z.string().min(1),
  schema: z.string().min(1),
  table: z.string().min(1),
});

const chartConfig = z.strictObject({
  uuid,
  name: z.string().min(1).max(250),
  vizType: z.string().min(1),
  /** UUID of the dataset that it reads. */
  dataset: uuid,
  /** What Superset calls form data; data source and kind of chart are added. */
  params: z.record(z.string(), z.unknown()).default({}),
  /** The queries behind it, as in Superset's query context. Without them the chart is drawn in the browser, but `/chart/{id}/data/` answers 400. */
  queries: z.array(z.record(z.string(), z.unknown())).default([]),
  /** Width on the dashboard, in columns of its grid. */
  width: z.number().int().min(1).max(GRID_COLUMNS).default(4),
  /** Height on the dashboard, in units of 8 pixels. */
  height: z.number().int().min(1).default(50),
});

/** Configuration of `superset-bootstrap`. */
export const supersetBootstrapConfig = z
  .strictObject({
    ...commonConfig,
    superset: z.strictObject({
      url: baseUrl,
      user: secretSource,
      password: secretSource,
    }),
    trino: z.strictObject({
      url: baseUrl,
      user: z.string().min(1).default('akko'),
    }),
    /** Superset's connection to Trino. */
    database: z.strictObject({
      uuid,
      name: z.string().min(1).max(250),
      /** As SQLAlchemy takes it: `trino://user@host:port/catalog`. */
      uri: z.string().min(1),
    }),
    datasets: z.array(datasetConfig).default([]),
    charts: z.array(chartConfig).default([]),
    dashboard: z
      .strictObject({
        uuid,
        slug: z.string().min(1).max(255),
        title: z.string().min(1).max(500),
        /** UUIDs of its charts, in the order of reading. */
        charts: z.array(uuid).default([]),
      })
      .optional(),
  })
  .superRefine(({ datasets, charts, dashboard }, { addIssue }) => {
    charts.forEach(({ name, dataset }, index) => {
      if (
        charts.findIndex(
          each => each.name === name && each.dataset === dataset,
        ) !== index
      ) {
        addIssue({
          code: 'custom',
          path: ['charts', index, 'name'],
          message: `another chart of its dataset is called ${name}`,
        });
      }
      if (!datasets.some(each => each.uuid === dataset)) {
        addIssue({
          code: 'custom',
          path: ['charts', index, 'dataset'],
          message: `there is no dataset ${dataset}`,
        });
      }
    });
    dashboard?.charts.forEach((chart, index) => {
      if (!charts.some(each => each.uuid === chart)) {
        addIssue({
          code: 'custom',
          path: ['dashboard', 'charts', index],
          message: `there is no chart ${chart}`,
        });
      }
    });
  });

/** See {@link supersetBootstrapConfig}. */
export type SupersetBootstrapConfig = z.output<typeof supersetBootstrapConfig>;

/** A table that charts read, as the values want it. */
export type DatasetConfig = SupersetBootstrapConfig['datasets'][number];

/** A chart as the values want it. */
export type ChartConfig = SupersetBootstrapConfig['charts'][number];

/** The dashboard as the values want it. */
export type DashboardConfig = NonNullable<SupersetBootstrapConfig['dashboard']>;
