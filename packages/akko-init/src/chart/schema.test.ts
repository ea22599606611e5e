import { everything, example, render } from '../__testUtils__/chart';
import { describeWithHelm } from '../__testUtils__/helm';

const secret = { name: 'other', key: 'password' };

describeWithHelm('the schema of the values', () => {
  it.each<[string, object]>([
    ['the defaults', {}],
    ['everything switched on', everything],
    [
      'every job switched off',
      { keycloak: { enabled: false }, postgres: { enabled: false } },
    ],
    [
      'a bucket with versions and a policy',
      {
        minio: {
          buckets: [
            'akko-one',
            {
              name: 'akko-two',
              versioning: true,
              policy: { Version: '2012-10-17', Statement: [] },
            },
          ],
        },
      },
    ],
    ['no bucket at all', { minio: { buckets: [] } }],
    [
      'a database with its own owner',
      {
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
        },
      },
    ],
    [
      'AWS in the place of a server',
      { services: { objectStorage: { endpoint: '', forcePathStyle: false } } },
    ],
    [
      'a client with a secret of the release',
      { keycloakClients: { clients: [{ clientId: 'minio', secret }] } },
    ],
    [
      'no group of files',
      { backup: { podSecurityContext: { fsGroup: null } } },
    ],
    [
      'a user for a volume that knows no group',
      {
        backup: {
          podSecurityContext: { runAsUser: 1001, supplementalGroups: [5] },
        },
      },
    ],
    ['a schedule by name', { backup: { minio: { schedule: '@daily' } } }],
    [
      'a backup in a bucket of another storage',
      {
        backup: {
          target: {
            type: 's3',
            s3: {
              bucket: 'akko-backups',
              objectStorage: {
                endpoint: 'https://s3.example.com',
                region: 'eu',
                forcePathStyle: true,
                accessKeySecret: secret,
                secretKeySecret: secret,
              },
            },
          },
        },
      },
    ],
    ['an image by digest', { image: { digest: `sha256:${'0'.repeat(64)}` } }],
    ['no retry', { minio: { job: { backoffLimit: 0 } } }],
  ])('takes %s', (_title, values) => {
    expect(() => render({ values })).not.toThrow();
  });

  it.each(['dev', 'production'])('takes the example values-%s.yaml', name => {
    expect(() => render({ files: [example(name)] })).not.toThrow();
  });

  it.each<[string, object, string]>([
    [
      'a section that does not exist',
      { postgress: {} },
      "additional properties 'postgress' not allowed",
    ],
    [
      'a key that does not exist',
      { minio: { bucket: [] } },
      "at '/minio': additional properties 'bucket' not allowed",
    ],
    [
      'a key of jobs that does not exist',
      { polaris: { job: { backofLimit: 1 } } },
      "at '/polaris/job': additional properties 'backofLimit' not allowed",
    ],
    [
      'a text for a switch',
      { polaris: { enabled: 'yes' } },
      "at '/polaris/enabled': got string, want boolean",
    ],
    [
      'a number for a namespace',
      { polaris: { namespaces: [7] } },
      "at '/polaris/namespaces/0': got number, want string",
    ],
    [
      'a time to live of nothing',
      { jobDefaults: { ttlSecondsAfterFinished: 0 } },
      "at '/jobDefaults/ttlSecondsAfterFinished': minimum: got 0, want 60",
    ],
    [
      'a time to live of a job that Helm may miss',
      { minio: { job: { ttlSecondsAfterFinished: 1 } } },
      "at '/minio/job/ttlSecondsAfterFinished': minimum: got 1, want 60",
    ],
    [
      'a deadline without room for the report',
      { jobDefaults: { activeDeadlineSeconds: 60 } },
      "at '/jobDefaults/activeDeadlineSeconds': minimum: got 60, want 120",
    ],
    [
      'a bucket with capital letters',
      { minio: { buckets: ['Akko'] } },
      "at '/minio/buckets/0': 'Akko' does not match pattern",
    ],
    [
      'a bucket without a name',
      { minio: { buckets: [{ versioning: true }] } },
      "at '/minio/buckets/0': missing property 'name'",
    ],
    [
      'a port that is none',
      { services: { postgresql: { port: 70000 } } },
      "at '/services/postgresql/port': maximum: got 70,000, want 65,535",
    ],
    [
      'an address without a protocol',
      { services: { keycloak: { url: 'akko-keycloak:8080' } } },
      "at '/services/keycloak/url': 'akko-keycloak:8080' does not match pattern",
    ],
    [
      'a password in the place of a Secret',
      { services: { postgresql: { password: 'plain' } } },
      "at '/services/postgresql': additional properties 'password' not allowed",
    ],
    [
      'a Secret without a key',
      { services: { superset: { userSecret: { key: '' } } } },
      "at '/services/superset/userSecret/key'",
    ],
    ['the tag latest', { image: { tag: 'latest' } }, "at '/image/tag'"],
    [
      'a digest that is none',
      { image: { digest: 'sha256:abc' } },
      "at '/image/digest': 'sha256:abc' does not match pattern",
    ],
    [
      'a schedule that is none',
      { backup: { postgres: { schedule: 'at night' } } },
      "at '/backup/postgres/schedule': 'at night' does not match pattern",
    ],
    [
      'a backup that keeps nothing',
      { backup: { minio: { retention: 0 } } },
      "at '/backup/minio/retention': minimum: got 0, want 1",
    ],
    [
      'a target that does not exist',
      { backup: { target: { type: 'tape' } } },
      "at '/backup/target/type'",
    ],
    [
      'a bucket of backups without a name',
      { backup: { target: { type: 's3' } } },
      "at '/backup/target/s3/bucket': minLength: got 0, want 1",
    ],
    [
      'root as the user of backups',
      { backup: { podSecurityContext: { runAsUser: 0 } } },
      "at '/backup/podSecurityContext/runAsUser': minimum: got 0, want 1",
    ],
    [
      'a size that is none',
      { backup: { persistence: { size: 'large' } } },
      "at '/backup/persistence/size': 'large' does not match pattern",
    ],
    [
      'a server that does not exist',
      { backup: { postgres: { servers: ['mysql'] } } },
      "at '/backup/postgres/servers/0'",
    ],
    [
      'a directory that is none',
      { keycloakSync: { directory: { url: 'http://akko-lldap' } } },
      "at '/keycloakSync/directory/url': 'http://akko-lldap' does not match pattern",
    ],
    [
      'a label that the chart itself sets',
      { instanceLabels: { 'app.kubernetes.io/name': 'mine' } },
      "invalid propertyName 'app.kubernetes.io/name'",
    ],
    [
      'a label whose value is an entity ref',
      { instanceLabels: { 'akko.io/owner': 'group:default/platform' } },
      "'group:default/platform' does not match pattern",
    ],
  ])('refuses %s and names the field', (_title, values, message) => {
    expect(() => render({ values })).toThrow(message);
  });

  it('refuses a domain that is an address', () => {
    expect(() =>
      render({ global: { domain: 'https://akko.example.com' } }),
    ).toThrow(
      "at '/global/domain': 'https://akko.example.com' does not match pattern",
    );
  });

  it('leaves the keys of other charts to them', () => {
    expect(() =>
      render({ global: { storage: { region: 'eu' }, functionalAliases: {} } }),
    ).not.toThrow();
  });
});
