import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import type { Cluster } from '@akko/backstage-plugin-akko-common';
import type { V1Job } from '@kubernetes/client-node';
import type { ClusterAccess } from '../config';
import { createFleet } from './KubernetesFleet';
import { ManualClock, until } from './testing/ManualClock';
import {
  hang,
  reset,
  ScriptedApiServer,
  sends,
  status,
  statusBody,
  type Fault,
  type JsonObject,
} from './testing/ScriptedApiServer';
import type { Fleet, MirrorChange } from './types';

const JOBS = '/apis/batch/v1/jobs$';
const KINDS = 5;

const job = (
  name: string,
  condition?: string,
  uid = `uid-of-${name}`,
): JsonObject => ({
  metadata: { namespace: 'akko', name, uid, managedFields: [{}] },
  spec: { template: {} },
  status: condition
    ? { conditions: [{ type: condition, status: 'True' }] }
    : { active: 1 },
});

const isEnded = (object?: V1Job) =>
  object?.status?.conditions?.some(
    ({ type, status: value }) =>
      ['Complete', 'Failed'].includes(type) && value === 'True',
  ) ?? false;

describe('a fleet whose cluster has faults', () => {
  const logger = mockServices.logger.mock();
  let server: ScriptedApiServer;
  let clock: ManualClock;
  let fleet: Fleet;
  let changes: MirrorChange[];
  let states: Cluster[];
  let synced: number;

  async function follow(access: Partial<ClusterAccess> = {}) {
    fleet = createFleet({
      config: {
        clusters: [
          {
            name: 'prod-eu',
            title: 'EU',
            access: {
              type: 'url',
              url: server.url,
              ...('tokenFile' in access ? {} : { token: 'first-token' }),
              ...access,
            } as ClusterAccess,
          },
        ],
      },
      logger,
      clock,
      random: () => 0.5,
    });
    fleet.subscribe({
      onChange: change => changes.push(change),
      onClusterState: state => states.push(state),
      onSynced: () => {
        synced += 1;
      },
    });
    await fleet.start();
  }

  const cluster = () => fleet.cluster('prod-eu')!;
  const state = () => cluster().state();
  const fresh = () => until(() => !state().stale);
  const stale = () => until(() => state().stale);
  /** Lets the time of the retries pass; short enough not to touch idle timers. */
  const recovered = () =>
    until(
      () => !state().stale,
      () => clock.advance(100),
    );
  const told = (name: string) =>
    changes
      .filter(({ object }) => object.metadata?.name === name)
      .map(({ type }) => type);
  const ends = (name: string) =>
    changes.filter(
      change =>
        change.kind === 'jobs' &&
        change.object.metadata?.name === name &&
        isEnded(change.object) &&
        !isEnded(change.previous),
    ).length;

  beforeEach(async () => {
    jest.clearAllMocks();
    server = new ScriptedApiServer();
    clock = new ManualClock();
    changes = [];
    states = [];
    synced = 0;
    await server.start();
    server.put('jobs', job('minio-init'));
  });

  afterEach(async () => {
    await fleet.stop();
    await server.stop();
  });

  const event = (code: number, reason: string) =>
    sends(
      `${JSON.stringify({
        type: 'ERROR',
        object: statusBody(code, reason),
      })}\n`,
    );

  it.each<[string, Fault]>([
    [
      '429 with Retry-After',
      status(429, 'TooManyRequests', { 'retry-after': '7' }),
    ],
    ['429 without', status(429, 'TooManyRequests')],
    ['500', status(500, 'InternalError')],
    ['503', status(503, 'ServiceUnavailable')],
    ['HTML of a proxy', (_, response) => response.writeHead(502).end('<html>')],
    ['reset', reset],
    ['a 500 as event', event(500, 'InternalError')],
    ['an event that is cut', sends('{"type":"ADDED","obj', 'cut')],
    ['an event that is not JSON', sends('}\n')],
    ['a watch that is closed at once', sends('')],
  ])(
    'misses and doubles no end of a Job after %s on watch',
    async (_, fault) => {
      await follow();
      await fresh();
      server.fail(new RegExp(`WATCH ${JOBS}`), fault, 3);
      server.cutWatches();
      server.put('jobs', job('minio-init', 'Complete'));
      await stale();
      expect(cluster().mirror.list('jobs')).toHaveLength(1);
      await until(
        () => ends('minio-init') > 0,
        () => clock.advance(100),
      );
      await recovered();
      expect(told('minio-init')).toEqual(['added', 'modified']);
      expect(ends('minio-init')).toBe(1);
      expect(state()).toMatchObject({ reachable: true, stale: false });
      expect(state().error).toBeUndefined();
      expect(synced).toBe(1);
    },
  );

  it.each<[string, Fault]>([
    ['429', status(429, 'TooManyRequests', { 'retry-after': '3' })],
    ['500', status(500, 'InternalError')],
    ['503', status(503, 'ServiceUnavailable')],
    ['reset', reset],
  ])(
    'misses and doubles no end of a Job after %s on list',
    async (_, fault) => {
      await follow();
      await fresh();
      server.fail(new RegExp(`GET ${JOBS}`), fault, 3);
      server.put('jobs', job('polaris-init'));
      await until(() => told('polaris-init').length > 0);
      server.silenceWatches();
      server.put('jobs', job('minio-init', 'Failed'));
      server.delete('jobs', job('polaris-init', 'Complete'));
      server.compact();
      server.cutWatches();
      await until(
        () => state().error !== undefined,
        () => clock.advance(100),
      );
      expect(state().stale).toBe(true);
      await recovered();
      expect(ends('minio-init')).toBe(1);
      expect(told('minio-init')).toEqual(['added', 'modified']);
      expect(told('polaris-init')).toEqual(['added', 'deleted']);
      expect(synced).toBeGreaterThan(1);
    },
  );

  it.each<[string, () => void]>([
    ['as status', () => server.compact()],
    [
      'as event',
      () => server.fail(new RegExp(`WATCH ${JOBS}`), event(410, 'Expired'), 1),
    ],
  ])('lists again after 410 %s, and is stale meanwhile', async (_, expire) => {
    await follow();
    await fresh();
    states.length = 0;
    server.silenceWatches();
    server.put('jobs', job('minio-init', 'Complete'));
    expire();
    server.cutWatches();
    await until(
      () => ends('minio-init') > 0,
      () => clock.advance(100),
    );
    await recovered();
    expect(states.some(({ stale: was }) => was)).toBe(true);
    expect(ends('minio-init')).toBe(1);
    expect(changes.at(-1)).toMatchObject({ type: 'modified', replayed: true });
  });

  it('does not list in a tight loop while the server says 410 to everything', async () => {
    await follow();
    await fresh();
    server.fail(new RegExp(`WATCH ${JOBS}`), status(410, 'Expired'));
    server.cutWatches();
    await until(
      () => state().error !== undefined,
      () => clock.advance(100),
    );
    const lists = () =>
      server.requests.filter(line => line.startsWith('GET /apis/batch/v1/jobs'))
        .length;
    const before = lists();
    for (let turn = 0; turn < 200; turn += 1) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(lists()).toBe(before);
  });

  it('notices a silent connection and goes on where it was', async () => {
    await follow();
    await fresh();
    server.silenceWatches();
    server.put('jobs', job('minio-init', 'Complete'));
    clock.advance(89_000);
    expect(ends('minio-init')).toBe(0);
    clock.advance(1_000);
    await until(() => ends('minio-init') > 0);
    expect(told('minio-init')).toEqual(['added', 'modified']);
    expect(synced).toBe(1);
  });

  it('keeps a quiet watch open while bookmarks come, and resumes at the last one', async () => {
    await follow();
    await fresh();
    const before = server.requests.length;
    for (let minute = 0; minute < 5; minute += 1) {
      const contact = state().lastContactAt;
      clock.advance(60_000);
      server.bookmark();
      await until(() => state().lastContactAt !== contact);
    }
    expect(server.requests).toHaveLength(before);
  });

  it('is stale while the server takes requests and answers none', async () => {
    await follow();
    await fresh();
    server.fail(/./, hang);
    server.silenceWatches();
    clock.advance(90_000);
    await until(
      () => server.requests.filter(line => /WATCH/.test(line)).length > KINDS,
    );
    clock.advance(30_000);
    await until(() => !state().reachable);
    expect(state()).toMatchObject({
      stale: true,
      staleSince: expect.any(String),
      error: {
        code: 'cluster-unreachable',
        message: expect.stringContaining('no answer within 30 s'),
      },
    });
    server.put('jobs', job('minio-init', 'Complete'));
    server.recover();
    await recovered();
    await until(() => ends('minio-init') === 1);
  });

  it('goes on after a restart of the server, and serves the copy meanwhile', async () => {
    await follow();
    await fresh();
    await server.stop();
    await until(() => !state().reachable);
    expect(state()).toMatchObject({ stale: true, version: 'v1.35.4' });
    expect(cluster().mirror.get('jobs', 'akko', 'minio-init')).toBeDefined();
    await expect(cluster().client.getJob('akko', 'x')).rejects.toMatchObject({
      name: 'ClusterCallError',
      kind: 'unreachable',
      cluster: 'prod-eu',
    });
    for (let minute = 0; minute < 10; minute += 1) {
      clock.advance(60_000);
      await new Promise(resolve => setImmediate(resolve));
    }
    server.put('jobs', job('minio-init', 'Complete'));
    await server.start();
    await recovered();
    await until(() => ends('minio-init') === 1);
    expect(state().staleSince).toBeUndefined();
  });

  it('waits for a server that is not there yet', async () => {
    await server.stop();
    await follow();
    await until(() => state().error !== undefined);
    expect(cluster().mirror.synced).toBe(false);
    expect(state()).toMatchObject({ reachable: false, stale: true });
    await server.start();
    await recovered();
    expect(cluster().mirror.synced).toBe(true);
    expect(changes).toMatchObject([{ type: 'added', replayed: true }]);
  });

  it('honours Retry-After', async () => {
    await follow();
    await fresh();
    server.fail(
      new RegExp(`WATCH ${JOBS}`),
      status(429, 'TooManyRequests', { 'retry-after': '20' }),
      1,
    );
    server.cutWatches();
    const watches = () =>
      server.requests.filter(line =>
        line.startsWith('WATCH /apis/batch/v1/jobs?'),
      ).length;
    await until(
      () => state().error?.message.includes('429') ?? false,
      () => clock.advance(50),
    );
    const before = watches();
    clock.advance(19_000);
    for (let turn = 0; turn < 50; turn += 1) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(watches()).toBe(before);
    clock.advance(2_000);
    await until(() => watches() === before + 1);
  });

  it('shows a refused kind, asks once a minute, and follows the others', async () => {
    server.fail(/GET .*configmaps$/, status(403, 'Forbidden'));
    await follow();
    await until(
      () => state().error !== undefined && server.openWatches === KINDS - 1,
    );
    expect(state()).toMatchObject({
      reachable: true,
      stale: true,
      error: {
        code: 'cluster-refused',
        message: expect.stringContaining('scripted Forbidden'),
      },
    });
    expect(cluster().mirror.synced).toBe(false);
    const asked = () =>
      server.requests.filter(line => line.includes('configmaps')).length;
    expect(asked()).toBe(1);
    server.put('jobs', job('minio-init', 'Complete'));
    await until(() => ends('minio-init') === 1);
    server.recover();
    clock.advance(59_000);
    expect(asked()).toBe(1);
    clock.advance(2_000);
    await fresh();
    expect(cluster().mirror.synced).toBe(true);
    expect(state().error).toBeUndefined();
  });

  describe('with a token in a file', () => {
    let folder: string;
    let tokenFile: string;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'akko-clusters-'));
      tokenFile = join(folder, 'token');
      await writeFile(tokenFile, 'first-token\n');
    });

    afterEach(() => rm(folder, { recursive: true }));

    const rotate = () => {
      server.tokens.clear();
      server.tokens.add('second-token');
    };

    it('reads a rotated token when the old one is refused, unnoticed', async () => {
      await follow({ type: 'url', tokenFile });
      await fresh();
      states.length = 0;
      await writeFile(tokenFile, 'second-token\n');
      rotate();
      expect(await cluster().client.version()).toBe('v1.35.4');
      expect(states).toEqual([]);
    });

    it('tells that credentials are refused, and recovers when they are renewed', async () => {
      await follow({ type: 'url', tokenFile });
      await fresh();
      rotate();
      server.cutWatches();
      server.put('jobs', job('minio-init', 'Failed'));
      await until(
        () => state().error?.code === 'cluster-refused' && !state().reachable,
        () => clock.advance(50),
      );
      expect(JSON.stringify(state())).not.toContain('-token');
      await writeFile(tokenFile, 'second-token\n');
      await recovered();
      await until(() => ends('minio-init') === 1);
    });

    it('tells that the file is gone, and recovers when it is back', async () => {
      await rm(tokenFile);
      await follow({ type: 'url', tokenFile });
      await until(() => state().error !== undefined);
      expect(state().error).toMatchObject({
        code: 'cluster-refused',
        message: expect.stringContaining(tokenFile),
      });
      await writeFile(tokenFile, 'first-token\n');
      await recovered();
      expect(cluster().mirror.list('jobs')).toHaveLength(1);
    });
  });

  it('logs what a listener throws, and goes on for all listeners', async () => {
    await follow();
    await fresh();
    fleet.subscribe({
      onChange: () => {
        throw new Error('listener is broken');
      },
      onClusterState: async () => {
        throw new Error('async listener is broken');
      },
    });
    const heard: string[] = [];
    fleet.subscribe({ onChange: ({ type }) => heard.push(type) });
    server.put('jobs', job('minio-init', 'SuccessCriteriaMet'));
    server.put('jobs', job('minio-init', 'Complete'));
    await until(() => ends('minio-init') === 1);
    expect(heard).toEqual(['modified', 'modified']);
    expect(logger.error).toHaveBeenCalledWith(
      expect.any(String),
      expect.objectContaining({ message: 'listener is broken' }),
    );
    expect(state().stale).toBe(false);
  });

  it('takes a Job of the same name and another uid for another Job', async () => {
    await follow();
    await fresh();
    server.silenceWatches();
    server.delete('jobs', job('minio-init', 'Failed'));
    server.put('jobs', job('minio-init', undefined, 'uid-2'));
    server.compact();
    server.cutWatches();
    await until(
      () => told('minio-init').length >= 3,
      () => clock.advance(100),
    );
    expect(
      changes.map(({ type, object }) => [type, object.metadata?.uid]),
    ).toEqual([
      ['added', 'uid-of-minio-init'],
      ['deleted', 'uid-of-minio-init'],
      ['added', 'uid-2'],
    ]);
  });

  it('reads long lists in pages', async () => {
    for (let index = 0; index < 1_200; index += 1) {
      server.put('jobs', job(`job-${index}`));
    }
    await follow();
    await fresh();
    expect(cluster().mirror.list('jobs')).toHaveLength(1_201);
    expect(
      server.requests.filter(line =>
        line.startsWith('GET /apis/batch/v1/jobs'),
      ),
    ).toHaveLength(3);
  });
});
