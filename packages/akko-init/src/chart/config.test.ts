import { Writable } from 'node:stream';
import { runProgram } from '../cli';
import { jobs } from '../jobs';
import {
  cronJobs,
  everything,
  example,
  initJobs,
  render,
  type RenderedChart,
} from '../__testUtils__/chart';
import { describeWithHelm } from '../__testUtils__/helm';

const all = [...initJobs, ...cronJobs];
const secret = { name: 'other', key: 'key' };

/** Values that use every part of the configuration that the defaults leave out. */
const uncommon = {
  services: {
    objectStorage: { endpoint: '', forcePathStyle: false },
    polaris: { realm: 'AKKO' },
  },
  postgres: {
    databases: [
      'one',
      {
        name: 'two',
        owner: 'three',
        extensions: ['pg_trgm'],
        schemas: ['four'],
      },
    ],
    ensureSql: 'SELECT 1;',
    ensureDatabase: 'one',
  },
  postgresData: { databases: ['one', { name: 'two', demo: 'banking' }] },
  minio: {
    buckets: [
      {
        name: 'akko-one',
        versioning: true,
        policy: { Version: '2012-10-17', Statement: [] },
      },
    ],
  },
  polaris: {
    catalog: {
      properties: { 'table-default.write.format.default': 'parquet' },
      storage: {
        allowedLocations: ['s3://akko-other'],
        roleArn: 'arn:aws:iam::123456789012:role/polaris',
        endpoint: 'http://other:9000',
        region: 'eu',
      },
    },
    namespaces: ['one', 'one.two'],
  },
  keycloakClients: {
    clients: [
      {
        clientId: 'one',
        name: 'One',
        redirectUris: ['https://one.{domain}/*'],
        webOrigins: ['+'],
        secret,
      },
      { clientId: 'two', publicClient: true, serviceAccounts: false },
    ],
  },
  keycloakSync: { enabled: true, mode: 'full', directory: { groupsDn: '' } },
  bootstrapAdmin: {
    defaultRole: '',
    admin: { firstName: 'First', lastName: 'Last', email: 'first@example.com' },
  },
  aiFunctions: { databases: ['banking'], schema: 'ai', callers: ['PUBLIC'] },
  superset: { demoDashboard: false, databaseUri: 'trino://other:8080/iceberg' },
  ollama: { enabled: true },
  backup: {
    target: { type: 's3', s3: { bucket: 'akko-backups' } },
    postgres: {
      enabled: true,
      servers: ['postgresqlData'],
      compression: 'gzip:9',
      databases: { include: ['banking'], exclude: ['rag'] },
    },
    minio: { enabled: true, buckets: { exclude: ['akko-backups'] } },
  },
};

describeWithHelm('the configuration that the chart gives the program', () => {
  it('is for the jobs that the program has', () => {
    expect(jobs.map(({ name }) => name).sort()).toEqual([...all].sort());
  });

  describe.each<[string, () => RenderedChart]>([
    ['with everything switched on', () => render({ values: everything })],
    ['with uncommon values', () => render({ values: uncommon })],
    [
      'of the example for development',
      () =>
        render({
          files: [example('dev')],
          values: { ollama: { enabled: true } },
        }),
    ],
    [
      'of the example for production',
      () =>
        render({
          files: [example('production')],
          values: {
            ollama: { enabled: true },
            keycloakSync: { enabled: true },
          },
        }),
    ],
  ])('%s', (_title, rendering) => {
    let rendered: RenderedChart;
    beforeAll(() => {
      rendered = rendering();
    });

    it.each(jobs.map(job => [job.name, job] as const))(
      'is what %s understands',
      (name, job) => {
        const { error } = job.config.safeParse(rendered.config(name));
        expect(error?.issues).toBeUndefined();
      },
    );
  });

  let everythingOn: RenderedChart;
  beforeAll(() => {
    everythingOn = render({ values: everything });
  });

  it.each(all)('is given to the command of %s', async name => {
    const { command, args } = everythingOn.template(name).spec.containers[0];
    expect(command).toEqual(['akko-init']);
    expect(args.slice(-2)).toEqual(['--config', `/etc/akko-init/${name}.yaml`]);
    let help = '';
    const stream = new Writable({
      write(chunk, _encoding, done) {
        help += chunk;
        done();
      },
    });
    const code = await runProgram([...args, '--help'], {
      env: {},
      stop: new AbortController().signal,
      stream,
    });
    expect(code).toBe(0);
    expect(help).toContain(`Usage: akko-init ${args.slice(0, -2).join(' ')}`);
  });

  it('has what the seed of the chart promises', () => {
    const rendered = everythingOn;
    const names = (things: { name: string }[]) =>
      things.map(({ name }) => name);
    expect(names(rendered.config('postgres-init').databases)).toEqual([
      'keycloak',
      'airflow',
      'superset',
      'polaris',
      'openmetadata',
      'mlflow',
      'jupyterhub',
    ]);
    expect(names(rendered.config('postgres-data-init').databases)).toEqual([
      'banking',
      'healthcare',
      'geospatial',
      'rag',
    ]);
    expect(names(rendered.config('minio-init').buckets)).toEqual([
      'akko-warehouse',
      'akko-production',
      'akko-projects',
      'akko-shared',
      'akko-users',
    ]);
    expect(rendered.config('polaris-init')).toMatchObject({
      catalog: { name: 'akko-warehouse' },
      namespaces: [
        'banking',
        'healthcare',
        'retail',
        'telecom',
        'manufacturing',
        'raw',
        'staging',
        'analytics',
      ],
    });
  });

  it('has the secret of a client where the values name one', () => {
    const rendered = render({ values: uncommon });
    expect(rendered.config('keycloak-clients').clients[0].secret).toEqual({
      env: 'CLIENT_SECRET_ONE',
      secret: 'other',
      key: 'key',
    });
    expect(
      rendered.template('keycloak-clients').spec.containers[0].env,
    ).toContainEqual({
      name: 'CLIENT_SECRET_ONE',
      valueFrom: {
        secretKeyRef: { name: 'other', key: 'key', optional: true },
      },
    });
  });

  it('takes the first administrator from where the release names it', () => {
    expect(render().config('bootstrap-admin').admin).toMatchObject({
      enabled: true,
      username: 'admin-akko',
      email: 'admin-akko@akko.local',
    });
    const global = {
      domain: 'example.com:8443',
      auth: { initialAdmin: { enabled: false, username: 'first' } },
    };
    expect(render({ global }).config('bootstrap-admin').admin).toMatchObject({
      enabled: false,
      username: 'first',
      email: 'first@example.com',
    });
  });

  it('has the SQL of the values in the place of the file of the chart', () => {
    const sqlOf = (values: object) =>
      render({ values }).get('ConfigMap', 'akko-postgres-data-ensure').data[
        'ensure.sql'
      ];
    expect(sqlOf({})).toMatch(/^-- More SQL for the data server/);
    const own = "DO $$ BEGIN RAISE NOTICE '{{ not a template }}'; END $$;\n";
    expect(sqlOf({ postgresData: { ensureSql: own } })).toBe(own);
  });
});
