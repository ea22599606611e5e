import { describeWithHelm } from '../__testUtils__/helm';
import { remoteCluster, renderPortal } from '../__testUtils__/portalChart';

const configOf = (values: object = {}) => renderPortal({ values }).appConfig;

describeWithHelm('the configuration of the portal', () => {
  it('has one address for people, API and browsers', () => {
    const { app, backend } = configOf({
      baseUrl: 'https://portal.example.com',
    });
    expect([app.baseUrl, backend.baseUrl, backend.cors.origin]).toEqual(
      Array(3).fill('https://portal.example.com'),
    );
    expect(backend.listen).toBe(':7007');
  });

  it('has browsers ask for nothing by https where there is none', () => {
    const directive = (baseUrl: string) =>
      configOf({ baseUrl }).backend.csp?.['upgrade-insecure-requests'];
    expect(directive('http://localhost:7007')).toBe(false);
    expect(directive('https://portal.example.com')).toBeUndefined();
  });

  it('has a schema per plugin in one database, and no password', () => {
    const postgresql = { host: 'db.databases', port: 5433, database: 'portal' };
    expect(configOf({ postgresql }).backend.database).toEqual({
      client: 'pg',
      pluginDivisionMode: 'schema',
      ensureExists: false,
      ensureSchemaExists: true,
      connection: {
        host: 'db.databases',
        port: 5433,
        user: 'akko_portal',
        // eslint-disable-next-line no-template-curly-in-string
        password: '${POSTGRES_PASSWORD}',
        database: 'portal',
        ssl: false,
      },
    });
  });

  it('has a database per plugin where none is named', () => {
    const { connection, ...rest } = configOf({ postgresql: { database: '' } })
      .backend.database;
    expect(rest).toEqual({ client: 'pg' });
    expect(connection).not.toHaveProperty('database');
  });

  it.each<[object, unknown]>([
    [{ sslMode: 'require' }, { rejectUnauthorized: false }],
    [{ sslMode: 'verify-full' }, { rejectUnauthorized: true }],
    [
      { sslMode: 'verify-full', ca: { secret: 'portal-ca' } },
      {
        rejectUnauthorized: true,
        ca: { $file: '/etc/akko-portal/postgresql/ca.crt' },
      },
    ],
  ])('encrypts the way to the database as in %j', (postgresql, ssl) => {
    expect(configOf({ postgresql }).backend.database.connection.ssl).toEqual(
      ssl,
    );
  });

  it('watches the namespaces that the account has rights in', () => {
    const clusterWith = (rbac: object) => configOf({ rbac }).akko.clusters[0];
    expect(clusterWith({ namespaces: ['one', 'two'] })).toEqual({
      name: 'here',
      title: 'here',
      inCluster: true,
      namespaces: ['one', 'two'],
    });
    expect(clusterWith({ clusterWide: true })).not.toHaveProperty('namespaces');
  });

  it('names a remote cluster with the files that its Secret becomes', () => {
    const tokenSecret = { ...remoteCluster.tokenSecret, caKey: 'ca.crt' };
    const rendered = renderPortal({
      values: {
        inCluster: { enabled: false },
        remoteClusters: [
          { ...remoteCluster, tokenSecret, title: 'America' },
          {
            ...remoteCluster,
            name: 'lab',
            caData: 'PEM',
            namespaces: ['akko'],
            labelSelector: 'a=b',
          },
        ],
      },
    });
    const folder = '/etc/akko-portal/clusters';
    expect(rendered.appConfig.akko.clusters).toEqual([
      {
        name: 'prod-us',
        title: 'America',
        url: 'https://10.0.0.10:6443',
        tokenFile: `${folder}/prod-us/token`,
        caFile: `${folder}/prod-us/ca.crt`,
      },
      {
        name: 'lab',
        title: 'lab',
        url: 'https://10.0.0.10:6443',
        tokenFile: `${folder}/lab/token`,
        caData: 'PEM',
        namespaces: ['akko'],
        labelSelector: 'a=b',
      },
    ]);
    const { volumes } = rendered.pod.spec;
    expect(volumes.find(({ name }: any) => name === 'clusters')).toEqual({
      name: 'clusters',
      projected: {
        sources: [
          [
            { key: 'token', path: 'prod-us/token' },
            { key: 'ca.crt', path: 'prod-us/ca.crt' },
          ],
          [{ key: 'token', path: 'lab/token' }],
        ].map(items => ({
          secret: { name: 'akko-portal-prod-us', optional: true, items },
        })),
      },
    });
    expect(rendered.container.volumeMounts).toContainEqual({
      name: 'clusters',
      mountPath: folder,
      readOnly: true,
    });
  });

  it('lets a program in with a token that reaches the API of AKKO alone', () => {
    const rendered = renderPortal({
      values: {
        apiTokens: [
          { subject: 'ci-main', secret: { name: 'tokens', key: 'ci' } },
          {
            subject: 'reader',
            secret: { name: 'tokens', key: 'reader' },
            accessRestrictions: [
              { plugin: 'akko', permissionAttribute: { action: ['read'] } },
            ],
          },
        ],
      },
    });
    expect(rendered.appConfig.backend.auth.externalAccess).toEqual([
      {
        type: 'static',
        options: {
          // eslint-disable-next-line no-template-curly-in-string
          token: '${AKKO_API_TOKEN_CI_MAIN}',
          subject: 'ci-main',
        },
        accessRestrictions: [{ plugin: 'akko' }],
      },
      expect.objectContaining({
        accessRestrictions: [
          { plugin: 'akko', permissionAttribute: { action: ['read'] } },
        ],
      }),
    ]);
    expect(rendered.container.env).toContainEqual({
      name: 'AKKO_API_TOKEN_CI_MAIN',
      valueFrom: { secretKeyRef: { name: 'tokens', key: 'ci' } },
    });
  });

  it('takes what the values add to it, and keeps the rest', () => {
    const { app, backend, akko } = configOf({
      config: {
        app: { title: 'Ours' },
        backend: { database: { connection: { keepAlive: true } } },
        akko: {
          retention: { days: 30, logBytes: 1048576 },
          clusters: [{ name: 'lab', kubeconfig: { file: '/lab/kubeconfig' } }],
        },
      },
    });
    expect(app).toEqual({ title: 'Ours', baseUrl: 'http://localhost:7007' });
    expect(backend.database.connection).toMatchObject({
      keepAlive: true,
      host: 'postgresql',
    });
    expect(akko.retention).toEqual({ days: 30, logBytes: 1048576 });
    expect(akko.clusters.map(({ name }: any) => name)).toEqual(['here', 'lab']);
  });
});
