import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  akkoConditions,
  createAkkoConditionalDecision,
} from '@akko/backstage-plugin-akko-node';
import {
  akkoInstanceReadPermission,
  akkoJobRunPermission,
  type InstanceList,
} from '@akko/backstage-plugin-akko-common';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { runIdOf } from '../runs/runId';
import {
  aCatalogue,
  aCronJob,
  aFailedJob,
  aPod,
  aSucceededJob,
  terminated,
} from '../testing/kubernetesObjects';
import { HttpBench, INSTANCE } from './__testUtils__/HttpBench';

const RERUN = { action: 'rerun', jobs: ['minio-init'] };
const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/** A policy's answer for reading, by conditions. */
const read = (
  conditions: Parameters<typeof createAkkoConditionalDecision>[1],
): PolicyDecision =>
  createAkkoConditionalDecision(akkoInstanceReadPermission, conditions);

describe('Permissions by instance', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let bench: HttpBench;
  let hiddenRun: string;

  beforeEach(async () => {
    bench = await HttpBench.start(databases, { clusters: ['vault'] });
    const { fleet, prod, recorder } = bench.operations;
    await fleet.start();
    prod.set('configmaps', {
      ...aCatalogue({ jobs: [{ name: 'minio-init' }] }),
    });
    prod.set('jobs', aFailedJob());
    prod.set('jobs', aSucceededJob({ release: 'lab', namespace: 'lab' }));
    prod.set('cronjobs', aCronJob({ release: 'lab', namespace: 'lab' }));
    const hidden = aFailedJob({ name: 'postgres-init', release: 'hidden' });
    const vault = fleet.cluster('vault')!;
    vault.client.setLog(
      'akko',
      'hidden-postgres-init-abcde',
      'connection to server at "akko-postgresql", port 5432 failed: Connection refused',
    );
    vault.set('pods', aPod(hidden, { state: terminated(1) }));
    vault.set('jobs', hidden);
    vault.set('cronjobs', aCronJob({ release: 'hidden' }));
    hiddenRun = runIdOf('vault', hidden.metadata!.uid!);
    await recorder.settled();
    await bench.operations.until(
      async () => (await bench.get('/api/akko/findings')).body.items,
      items =>
        items.some(
          ({ instance }: { instance: string }) =>
            instance === 'vault/akko/hidden',
        ),
    );
    bench.audit.length = 0;
  });
  afterEach(() => bench.stop());

  const refs = async (query = '') => {
    const { body } = await bench.get(`/api/akko/instances${query}`).expect(200);
    return (body as InstanceList).items.map(({ ref }) => ref).sort();
  };

  it.each<[string, () => PolicyDecision, string[]]>([
    [
      'everything',
      () => ALLOW,
      ['prod/akko/akko', 'prod/lab/lab', 'vault/akko/hidden'],
    ],
    [
      'a cluster',
      () => read(akkoConditions.isCluster({ clusters: ['prod'] })),
      ['prod/akko/akko', 'prod/lab/lab'],
    ],
    [
      'a namespace',
      () => read(akkoConditions.isNamespace({ namespaces: ['akko'] })),
      ['prod/akko/akko', 'vault/akko/hidden'],
    ],
    [
      'an instance',
      () => read(akkoConditions.isInstance({ instances: ['prod/lab/lab'] })),
      ['prod/lab/lab'],
    ],
    [
      'what somebody owns',
      () => read(akkoConditions.isOwner({ claims: ['group:default/lab'] })),
      ['prod/lab/lab'],
    ],
    [
      'one of two',
      () =>
        read({
          anyOf: [
            akkoConditions.isInstance({ instances: ['prod/lab/lab'] }),
            akkoConditions.isCluster({ clusters: ['vault'] }),
          ],
        }),
      ['prod/lab/lab', 'vault/akko/hidden'],
    ],
    [
      'both of two',
      () =>
        read({
          allOf: [
            akkoConditions.isNamespace({ namespaces: ['akko'] }),
            akkoConditions.isCluster({ clusters: ['vault'] }),
          ],
        }),
      ['vault/akko/hidden'],
    ],
    [
      'all but one',
      () => read({ not: akkoConditions.isCluster({ clusters: ['vault'] }) }),
      ['prod/akko/akko', 'prod/lab/lab'],
    ],
    [
      'a label that nobody has',
      () => read(akkoConditions.hasLabel({ label: 'environment' })),
      [],
    ],
  ])('of a caller who may read %s', async (_, decision, expected) => {
    bench.owners.set('prod/lab/lab', ['group:default/lab']);
    bench.policy = decision;
    expect(await refs()).toEqual(expected);
    const { body } = await bench.get('/api/akko/instances');
    expect(body.totals.total).toBe(expected.length);
  });

  it('let no list, count, search, cluster or message tell of what is hidden', async () => {
    bench.policy = () => read(akkoConditions.isCluster({ clusters: ['prod'] }));
    for (const path of [
      '/api/akko/clusters',
      '/api/akko/instances',
      '/api/akko/instances?q=hidden',
      '/api/akko/instances?health=failed',
      '/api/akko/instances?order=protection',
      '/api/akko/backups',
      '/api/akko/findings?group=cause',
    ]) {
      const { text } = await bench.get(path).expect(200);
      expect([path, text]).toEqual([
        path,
        expect.not.stringMatching(/hidden|vault/),
      ]);
    }
    const { body: clusters } = await bench.get('/api/akko/clusters');
    expect(clusters.items.map(({ name }: { name: string }) => name)).toEqual([
      'prod',
    ]);
    const { body: backups } = await bench.get('/api/akko/backups');
    expect(
      backups.items.map(({ instance }: { instance: string }) => instance),
    ).toEqual(['prod/lab/lab']);
  });

  it.each(['instances', 'backups', 'findings'])(
    'let the %s of a hidden cluster have the answer of one that is not there',
    async list => {
      bench.policy = () =>
        read(akkoConditions.isCluster({ clusters: ['prod'] }));
      const answers = await Promise.all(
        ['vault', 'mars'].map(async name => {
          const { body } = await bench
            .get(`/api/akko/${list}?cluster=${name}`)
            .expect(404);
          return body.error.message.replace(name, 'NAME');
        }),
      );
      expect(answers[0]).toBe(answers[1]);
      expect(answers[0]).toContain('There: prod.');
    },
  );

  it.each([
    '',
    '/jobs/postgres-init/runs',
    '/operations',
    '/upgrades',
    '/backups/backup-postgres/entries',
    '/backups/backup-postgres/calendar',
    '/backups/backup-postgres/chart',
  ])(
    'let a denial of %s not tell whether the instance is there',
    async path => {
      bench.policy = () =>
        read(akkoConditions.isCluster({ clusters: ['prod'] }));
      const [hidden, absent, nowhere] = await Promise.all(
        ['vault/akko/hidden', 'vault/akko/absent', 'mars/akko/akko'].map(
          async ref => {
            const { body } = await bench
              .get(`/api/akko/instances/${ref}${path}`)
              .expect(403);
            return body.error;
          },
        ),
      );
      expect(hidden).toMatchObject({
        code: 'not-allowed',
        permission: 'akko.instance.read',
      });
      expect(absent).toEqual(hidden);
      expect(nowhere).toEqual(hidden);
      await bench.get('/api/akko/instances/prod/akko/absent').expect(404);
    },
  );

  it('deny the run of a hidden instance, its log and manifest by name', async () => {
    bench.policy = ({ name }) =>
      name === 'akko.log.read'
        ? createAkkoConditionalDecision(
            akkoInstanceReadPermission,
            akkoConditions.isCluster({ clusters: ['prod'] }),
          )
        : read(akkoConditions.isCluster({ clusters: ['prod'] }));
    for (const [path, permission] of [
      ['', 'akko.instance.read'],
      ['/log', 'akko.log.read'],
      ['/manifest', 'akko.log.read'],
    ]) {
      const { body, text } = await bench
        .get(`/api/akko/runs/${hiddenRun}${path}`)
        .expect(403);
      expect(body.error.permission).toBe(permission);
      expect(text).not.toMatch(/vault/);
    }
  });

  it('let somebody act on the instances that they own, and on no other', async () => {
    bench.owners.set('prod/akko/akko', ['user:default/mock']);
    bench.policy = permission =>
      permission.name === akkoJobRunPermission.name
        ? createAkkoConditionalDecision(
            akkoJobRunPermission,
            akkoConditions.isOwner({ claims: ['user:default/mock'] }),
          )
        : ALLOW;
    for (const ref of ['prod/lab/lab', 'prod/lab/absent']) {
      const { body } = await bench
        .post(`/api/akko/instances/${ref}/operations`, RERUN)
        .expect(403);
      expect(body.error.permission).toBe('akko.job.run');
    }
    expect(bench.operations.calls).toEqual([]);
    const { body } = await bench
      .post(`${INSTANCE}/operations`, RERUN)
      .expect(202);
    expect(body).toMatchObject({
      requestedBy: 'user:default/mock',
      via: 'portal',
    });
    expect(bench.audit).toEqual([
      ['operation-request', 'fail'],
      ['operation-request', 'fail'],
      ['operation-request', 'success'],
    ]);
  });

  it('tell callers what they may do on each instance, by one question to the policy', async () => {
    bench.owners.set('prod/akko/akko', ['user:default/mock']);
    bench.policy = permission =>
      permission.name.startsWith('akko.backup')
        ? DENY
        : createAkkoConditionalDecision(
            akkoInstanceReadPermission,
            permission.name === akkoInstanceReadPermission.name
              ? akkoConditions.isCluster({ clusters: ['prod'] })
              : akkoConditions.isOwner({ claims: ['user:default/mock'] }),
          );
    const before = bench.decisions;
    const { body } = await bench.get('/api/akko/instances').expect(200);
    expect(bench.decisions - before).toBe(1);
    expect(
      (body as InstanceList).items.map(({ permissions, ref }) => [
        ref,
        permissions,
      ]),
    ).toEqual([
      [
        'prod/akko/akko',
        [
          'akko.instance.read',
          'akko.log.read',
          'akko.job.run',
          'akko.drill.run',
        ],
      ],
      ['prod/lab/lab', ['akko.instance.read']],
    ]);
    const { body: instance } = await bench.get(INSTANCE).expect(200);
    expect(instance.permissions).toContain('akko.job.run');
  });

  it('follow an operation only where its instance may be read', async () => {
    const { body } = await bench.post(`${INSTANCE}/operations`, RERUN);
    await bench.get(`/api/akko/operations/${body.id}`).expect(200);
    bench.policy = () =>
      read(akkoConditions.isInstance({ instances: ['prod/lab/lab'] }));
    const denied = await bench.get(`/api/akko/operations/${body.id}`);
    expect(denied.status).toBe(403);
    expect(denied.text).not.toContain('prod/akko/akko');
  });

  it.each([
    [mockCredentials.user('user:default/ana'), 'user:default/ana', 'portal'],
    [
      mockCredentials.user('user:default/ana', {
        actor: { subject: 'plugin:scaffolder' },
      }),
      'user:default/ana',
      'scaffolder',
    ],
    [
      mockCredentials.user('user:default/ana', {
        actor: { subject: 'plugin:other' },
      }),
      'user:default/ana',
      'api',
    ],
    [
      mockCredentials.service('plugin:scaffolder'),
      'plugin:scaffolder',
      'scaffolder',
    ],
    [mockCredentials.service('external:ci'), 'external:ci', 'api'],
  ])('write down who asked and the door: %#', async (credentials, by, via) => {
    bench.credentials = credentials;
    const { body } = await bench
      .post(`${INSTANCE}/operations`, RERUN)
      .expect(202);
    expect(body).toMatchObject({ requestedBy: by, via });
  });
});

describe('Limits on calls', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let bench: HttpBench;
  beforeEach(async () => {
    bench = await HttpBench.start(databases, {
      limits: { reads: 3, changes: 1 },
    });
    bench.operations.prod.set('jobs', aFailedJob());
    await bench.operations.recorder.settled();
  });
  afterEach(() => bench.stop());

  it('refuse the call that is one too many, of that caller alone, and say when to ask again', async () => {
    for (let count = 0; count < 3; count++) {
      await bench.get('/api/akko/clusters').expect(200);
    }
    const { body, headers } = await bench.get('/api/akko/clusters').expect(429);
    expect(body.error).toMatchObject({
      code: 'too-many-requests',
      message: expect.stringContaining('user:default/mock'),
    });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    bench.credentials = mockCredentials.service('external:ci');
    await bench.get('/api/akko/clusters').expect(200);
  });

  it('count changes apart from reads, those that are refused too', async () => {
    bench.denied.add('akko.job.run');
    const statuses = [
      await bench.post(`${INSTANCE}/operations`, RERUN),
      await bench.post(`${INSTANCE}/operations`, RERUN),
      await bench.get('/api/akko/clusters'),
    ].map(({ status }) => status);
    expect(statuses).toEqual([403, 429, 200]);
  });
});
