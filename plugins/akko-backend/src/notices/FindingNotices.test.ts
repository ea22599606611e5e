import { mockServices } from '@backstage/backend-test-utils';
import type { Finding } from '@akko/backstage-plugin-akko-common';
import { ManualClock } from '../clusters/__testUtils__/ManualClock';
import type { FindingChange } from '../diagnosis';
import { FindingNotices } from './FindingNotices';

const INSTANCE = { cluster: 'prod', namespace: 'akko', release: 'akko' };

describe('FindingNotices', () => {
  const clock = new ManualClock();
  const send = jest.fn();
  const publish = jest.fn();
  const ownersOf = jest.fn();
  let tell: (change: FindingChange) => void;

  beforeEach(() => {
    jest.resetAllMocks();
    ownersOf.mockReturnValue(['group:default/data']);
    new FindingNotices({
      diagnosis: {
        onFindingChanged: listener => {
          tell = listener;
          return () => {};
        },
      },
      ownersOf,
      receivers: ['group:default/platform'],
      events: { publish, subscribe: jest.fn() },
      notifications: { send },
      clock,
      logger: mockServices.logger.mock(),
    }).start();
  });

  const finding = (changes: Partial<Finding> = {}): Finding => ({
    id: 'f-1',
    rule: 'target-refused',
    severity: 'error',
    title: 'PostgreSQL refuses connections',
    cause: 'It is down.',
    confidence: 'likely',
    object: { kind: 'Job', name: 'akko-postgres-init' },
    job: 'postgres-init',
    causeKey: 'target-refused',
    evidence: [],
    steps: [],
    consequences: [],
    openedAt: new Date(clock.now() - 1000).toISOString(),
    ...changes,
  });
  const change = (changes: Partial<FindingChange> = {}): FindingChange => ({
    type: 'opened',
    instance: INSTANCE,
    finding: finding(),
    told: true,
    ...changes,
  });
  const settle = () => new Promise(resolve => setImmediate(resolve));

  it('tells owners and receivers of a new finding, and others by an event', async () => {
    tell(change());
    await settle();
    expect(send).toHaveBeenCalledWith({
      recipients: {
        type: 'entity',
        entityRef: ['group:default/platform', 'group:default/data'],
      },
      payload: expect.objectContaining({
        title: 'PostgreSQL refuses connections (prod/akko/akko)',
        description: 'It is down.',
        link: '/akko/prod/akko/akko?finding=f-1',
        severity: 'high',
        scope: 'akko:finding:f-1',
      }),
    });
    expect(publish).toHaveBeenCalledWith({
      topic: 'akko',
      eventPayload: expect.objectContaining({
        type: 'finding-opened',
        rule: 'target-refused',
      }),
    });
  });

  it('says in the same thread that it is resolved', async () => {
    tell(
      change({
        type: 'resolved',
        finding: finding({ resolvedAt: new Date(clock.now()).toISOString() }),
      }),
    );
    await settle();
    expect(send).toHaveBeenCalledWith(
      expect.objectContaining({
        payload: expect.objectContaining({
          title: 'Resolved: PostgreSQL refuses connections (prod/akko/akko)',
          severity: 'normal',
          scope: 'akko:finding:f-1',
        }),
      }),
    );
  });

  it('says in the same thread when another rule explains it better', async () => {
    tell(change({ type: 'changed', explainedAnew: true }));
    await settle();
    expect(send).toHaveBeenCalledTimes(1);
    expect(publish).not.toHaveBeenCalled();
  });

  it.each<[string, Partial<FindingChange>]>([
    ['another replica wrote', { told: false }],
    ['only changed its words', { type: 'changed' }],
  ])('is silent about what %s', async (_, changes) => {
    tell(change(changes));
    await settle();
    expect(send).not.toHaveBeenCalled();
    expect(publish).not.toHaveBeenCalled();
  });

  it.each([
    [
      'was there before the portal looked',
      { openedAt: '2020-01-01T00:00:00Z' },
    ],
    ['is only for information', { severity: 'info' as const }],
  ])('disturbs nobody about what %s', async (_, changes) => {
    tell(change({ finding: finding(changes) }));
    await settle();
    expect(send).not.toHaveBeenCalled();
  });

  it('survives notifications that cannot be sent', async () => {
    send.mockRejectedValue(new Error('down'));
    tell(change());
    await settle();
    expect(send).toHaveBeenCalled();
    expect(publish).toHaveBeenCalled();
  });
});
