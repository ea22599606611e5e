import { ClusterCallError } from './ClusterCallError';
import { clusterState, type ContactFacts } from './clusterState';
import type { ReflectorStatus } from './Reflector';

const AT = Date.parse('2026-03-01T10:00:00Z');
const watching: ReflectorStatus = { state: 'watching' };
const failing = (
  kind: 'refused' | 'unreachable',
  message: string,
  upstreamStatus?: number,
): ReflectorStatus => ({
  state: 'failing',
  retryInMs: 800,
  error: new ClusterCallError({
    kind,
    cluster: 'prod-eu',
    message,
    upstreamStatus,
  }),
});

const state = (
  reflectors: ReflectorStatus[],
  facts: Partial<ContactFacts> = {},
) =>
  clusterState({
    name: 'prod-eu',
    title: 'EU',
    sandbox: false,
    ...facts,
    reflectors: reflectors.map((status, index) => ({
      status,
      since: AT + index * 1000,
    })),
  });

describe('clusterState', () => {
  it('is neither reachable nor fresh before the first contact', () => {
    expect(state([{ state: 'listing' }])).toMatchObject({
      reachable: false,
      stale: true,
      lastContactAt: undefined,
      error: undefined,
    });
  });

  it('is fresh when everything is followed', () => {
    expect(
      state([watching, watching], { version: 'v1.35.4', lastContactAt: AT }),
    ).toEqual({
      name: 'prod-eu',
      title: 'EU',
      sandbox: false,
      reachable: true,
      stale: false,
      staleSince: undefined,
      lastContactAt: '2026-03-01T10:00:00.000Z',
      version: 'v1.35.4',
      error: undefined,
    });
  });

  it('is stale but reachable while one kind cannot be followed', () => {
    expect(
      state([watching, failing('unreachable', 'It broke')], { staleSince: AT }),
    ).toMatchObject({
      reachable: true,
      stale: true,
      staleSince: '2026-03-01T10:00:00.000Z',
      error: {
        code: 'cluster-unreachable',
        message:
          'It broke (since 2026-03-01T10:00:01.000Z). It is tried again until it answers.',
      },
    });
  });

  it('is not reachable while nothing can be followed', () => {
    expect(
      state([failing('unreachable', 'a'), failing('unreachable', 'b')]),
    ).toMatchObject({ reachable: false, stale: true });
  });

  it('tells a refusal before what passes, with the next step', () => {
    const { error } = state([
      failing('unreachable', 'It broke'),
      failing('refused', 'Forbidden', 403),
    ]);
    expect(error).toEqual({
      code: 'cluster-refused',
      message: expect.stringMatching(/^Forbidden .*Role/),
    });
    expect(state([failing('refused', 'No', 401)]).error!.message).toContain(
      'Renew the credentials of cluster prod-eu',
    );
  });

  it.each([
    [true, 'v1.35.4', true],
    [false, 'v1.35.0+sandbox', true],
    [false, 'v1.35.4+k3s1', false],
    [false, undefined, false],
  ])(
    'with the flag %s and version %s, sandbox is %s',
    (sandbox, version, is) => {
      expect(state([watching], { sandbox, version }).sandbox).toBe(is);
    },
  );
});
