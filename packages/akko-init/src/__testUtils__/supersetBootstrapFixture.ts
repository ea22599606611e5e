import { setupServer } from 'msw/node';
import { runJobHere, type Outcome } from './runJobHere';
import { SupersetPeer } from './SupersetPeer';
import { TrinoPeer } from './TrinoPeer';

/** Addresses of the peers. */
export const SUPERSET = 'http://akko-superset:8088';
export const TRINO = 'http://akko-trino:8080';
export const PASSWORD = 'the-password-of-the-test';
export const ENV = { SUPERSET_USER: 'keeper', SUPERSET_PASSWORD: PASSWORD };

export const CONNECTION = '5a000000-0000-4000-8000-000000000001';
export const PAYMENTS = '5a000000-0000-4000-8000-000000000002';
const CLAIMS = '5a000000-0000-4000-8000-000000000003';
export const TOTAL = '5a000000-0000-4000-8000-000000000011';
export const RATE = '5a000000-0000-4000-8000-000000000012';
export const LATER = '5a000000-0000-4000-8000-000000000013';
export const DASHBOARD = '5a000000-0000-4000-8000-000000000021';

export const QUERIES = [{ metrics: ['count'], columns: [], filters: [] }];

/** A configuration of superset-bootstrap: a dataset with two charts, another one with one, and a dashboard of all three. */
export function config(overrides: Record<string, any> = {}) {
  return {
    waitSeconds: 1.2,
    superset: {
      url: SUPERSET,
      user: { env: 'SUPERSET_USER' },
      password: {
        env: 'SUPERSET_PASSWORD',
        secret: 'akko-superset',
        key: 'admin-password',
      },
      ...overrides.superset,
    },
    trino: { url: TRINO, user: 'akko', ...overrides.trino },
    database: {
      uuid: CONNECTION,
      name: "AKKO's Trino!",
      uri: 'trino://akko@akko-trino:8080/postgresql',
      ...overrides.database,
    },
    datasets: [
      {
        uuid: PAYMENTS,
        catalog: 'postgresql',
        schema: 'banking',
        table: 'payments',
      },
      {
        uuid: CLAIMS,
        catalog: 'postgresql',
        schema: 'banking',
        table: 'claims',
      },
    ],
    charts: [
      {
        uuid: TOTAL,
        name: 'Total',
        vizType: 'big_number_total',
        dataset: PAYMENTS,
        params: { metric: 'count' },
        queries: QUERIES,
      },
      { uuid: RATE, name: 'Rate', vizType: 'pie', dataset: PAYMENTS },
      { uuid: LATER, name: 'Claims', vizType: 'table', dataset: CLAIMS },
    ],
    dashboard: {
      uuid: DASHBOARD,
      slug: 'demo',
      title: 'Demo',
      charts: [TOTAL, RATE, LATER],
    },
    ...overrides.top,
  };
}

/** Peers of superset-bootstrap. The table `payments` is there, `claims` is not. */
export class BootstrapPeers {
  superset!: SupersetPeer;
  trino!: TrinoPeer;
  private readonly server = setupServer();

  /** Starts them for the tests of a file, new ones for each. */
  useInTests(): this {
    beforeAll(() => this.server.listen({ onUnhandledRequest: 'bypass' }));
    beforeEach(() => {
      this.superset = new SupersetPeer(SUPERSET, {
        user: ENV.SUPERSET_USER,
        password: PASSWORD,
      });
      this.trino = new TrinoPeer(TRINO);
      this.server.use(...this.superset.handlers, ...this.trino.handlers);
      this.makeTable('postgresql.banking.payments');
    });
    afterEach(() => this.server.resetHandlers());
    afterAll(() => this.server.close());
    return this;
  }

  makeTable(name: string): void {
    this.superset.tables.add(name);
    this.trino.tables.add(name);
  }
}

/** Runs the job, as {@link config} says unless another configuration is given. */
export function run(
  options: { config?: unknown; env?: any; args?: string[] } = {},
): Promise<Outcome> {
  return runJobHere('superset-bootstrap', {
    config: config(),
    env: ENV,
    ...options,
  });
}
