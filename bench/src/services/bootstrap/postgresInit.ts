import { PostgresAdmin } from '../clients/PostgresAdmin';
import type { BootstrapJob } from './types';

const DATABASES = [
  'keycloak',
  'airflow',
  'superset',
  'polaris',
  'openmetadata',
  'mlflow',
  'jupyterhub',
];
const EXTENSIONS = ['postgis', 'vector'];
const OWNER_PASSWORD = 'only-for-the-benchmark';

/** The databases of the services, with owner and extensions. */
export const postgresInit: BootstrapJob = {
  name: 'postgres-init',
  what: `${DATABASES.length} databases with owner, and ${EXTENSIONS.length} extensions in each`,
  peer: 'psql',
  script: require.resolve('../scripts/postgres-init.sh'),
  async prepare({ cluster, tidying, cleanup }, names) {
    const server = await PostgresAdmin.connect(
      cluster,
      tidying,
      'akko-postgresql',
    );
    const owner = `${names}_admin`;
    const databases = DATABASES.map(name => `${names}_${name}`);
    cleanup.add(`role ${owner}`, () =>
      server.query(`DROP ROLE IF EXISTS "${owner}"`),
    );
    for (const database of databases) {
      cleanup.add(`database ${database}`, () => server.dropDatabase(database));
    }
    return {
      ours: {
        config: {
          postgresql: server.config('POSTGRES_PASSWORD'),
          ownerRole: { name: owner, password: { env: 'OWNER_PASSWORD' } },
          databases: databases.map(name => ({
            name,
            extensions: EXTENSIONS,
            schemas: [],
          })),
          scripts: [],
        },
        env: { POSTGRES_PASSWORD: server.password, OWNER_PASSWORD },
      },
      peer: {
        ...server.env,
        OWNER: owner,
        OWNER_PASSWORD,
        DATABASES: databases.join(' '),
        EXTENSIONS: EXTENSIONS.join(' '),
      },
      async observe() {
        const made = [];
        for (const database of databases) {
          made.push(
            await server.query(
              `SELECT datname, pg_get_userbyid(datdba), (SELECT string_agg(extname, ' ' ORDER BY extname) FROM pg_extension)
                 FROM pg_database WHERE datname = current_database()`,
              database,
            ),
          );
        }
        return made.join('\n');
      },
    };
  },
};
