import { mockServices } from '@backstage/backend-test-utils';
import type { Operation, Run } from '@akko/backstage-plugin-akko-common';
import { ManualClock } from '../clusters/__testUtils__/ManualClock';
import type { FindingChange } from '../diagnosis';
import type { RunChange } from '../runs/types';
import { FakeFleet } from '../testing/FakeFleet';
import { source } from './__testUtils__/source';
import { Notices } from './Notices';

const AKKO = { cluster: 'prod', namespace: 'akko', release: 'akko' };
const RUN = {
  id: 'run-1',
  instance: 'prod/akko/akko',
  name: 'minio-init',
  state: 'running',
  message: 'password is hunter2',
} as Run;
const OPERATION = {
  id: 'op-1',
  instance: 'prod/akko/akko',
  action: 'rerun',
  state: 'running',
  requestedBy: 'user:default/ana',
  reason: 'rotated the password',
} as Operation;

describe('Notices', () => {
  const fleet = new FakeFleet('prod');
  let clock: ManualClock;
  let notices: Notices;
  let instances: ReturnType<typeof source<[typeof AKKO]>>;
  let runs: ReturnType<typeof source<[Run, RunChange]>>;
  let operations: ReturnType<typeof source<[Operation]>>;
  let findings: ReturnType<typeof source<[FindingChange]>>;
  const publish = jest.fn();
  const notify = jest.fn();
  const logger = mockServices.logger.mock();

  beforeEach(() => {
    jest.resetAllMocks();
    clock = new ManualClock();
    instances = source();
    runs = source();
    operations = source();
    findings = source();
    notices = new Notices({
      fleet,
      instances: { onInstanceChanged: instances.subscribe },
      recorder: { onRunChanged: runs.subscribe },
      diagnosis: { onFindingChanged: findings.subscribe },
      operations: { onOperationChanged: operations.subscribe },
      signals: { publish },
      notifications: { send: notify },
      clock,
      logger,
    });
    notices.start();
  });
  afterEach(() => notices.stop());

  const signals = () => {
    clock.advance(1000);
    return publish.mock.calls.map(([{ message }]) => message);
  };
  const at = (milliseconds: number) =>
    new Date(clock.now() + milliseconds).toISOString();
  it('tells browsers of a run whose finding changed', () => {
    findings.tell({
      type: 'opened',
      instance: AKKO,
      finding: { run: 'run-1' } as FindingChange['finding'],
      told: false,
    });
    expect(signals()).toEqual([
      { type: 'run-changed', instance: 'prod/akko/akko', run: 'run-1' },
    ]);
  });

  it('tell browsers what changed by ids alone', () => {
    fleet.cluster('prod')!.setState({ reachable: false });
    instances.tell(AKKO);
    runs.tell(RUN, { stored: true });
    operations.tell(OPERATION);
    expect(signals()).toEqual([
      { type: 'cluster-changed', cluster: 'prod' },
      { type: 'instance-changed', instance: 'prod/akko/akko' },
      { type: 'run-changed', instance: 'prod/akko/akko', run: 'run-1' },
      {
        type: 'operation-changed',
        instance: 'prod/akko/akko',
        operation: 'op-1',
      },
    ]);
    expect(publish.mock.calls[0][0]).toMatchObject({
      channel: 'akko',
      recipients: { type: 'broadcast' },
    });
  });

  it('tell what changes often once in a while', () => {
    for (let count = 0; count < 50; count++) {
      instances.tell(AKKO);
    }
    expect(publish).not.toHaveBeenCalled();
    expect(signals()).toHaveLength(1);
    instances.tell(AKKO);
    expect(signals()).toHaveLength(2);
  });

  it('tell a flood of changes as one', () => {
    for (let count = 0; count < 200; count++) {
      instances.tell({ ...AKKO, release: `akko-${count}` });
    }
    expect(signals()).toEqual([{ type: 'fleet-changed' }]);
  });

  it('notify who asked for an operation of its end, once', () => {
    const over: Operation = {
      ...OPERATION,
      state: 'failed',
      finishedAt: at(0),
      error: { code: 'job-failed', message: '1 of 1 job failed: minio-init' },
    };
    operations.tell(OPERATION);
    expect(notify).not.toHaveBeenCalled();
    operations.tell(over);
    operations.tell(over);
    expect(notify).toHaveBeenCalledTimes(1);
    expect(notify).toHaveBeenCalledWith({
      recipients: { type: 'entity', entityRef: 'user:default/ana' },
      payload: expect.objectContaining({
        title: 'Re-run of prod/akko/akko failed',
        description: '1 of 1 job failed: minio-init',
        link: '/akko/prod/akko/akko?tab=activity',
        severity: 'high',
      }),
    });
  });

  it('notify nobody when a program asked', () => {
    operations.tell({
      ...OPERATION,
      requestedBy: 'external:ci',
      state: 'succeeded',
      finishedAt: at(0),
    });
    expect(notify).not.toHaveBeenCalled();
  });

  it.each([
    ['reject', () => Promise.reject(new Error('down'))],
    [
      'throw',
      () => {
        throw new Error('down');
      },
    ],
  ])('go on when the services that they use %s', async (_, fail) => {
    [publish, notify].forEach(call => call.mockImplementation(fail));
    operations.tell({ ...OPERATION, state: 'succeeded', finishedAt: at(0) });
    signals();
    await new Promise(resolve => setImmediate(resolve));
    expect(logger.warn.mock.calls.map(([message]) => message)).toEqual([
      'A notification could not be sent: down',
      'A signal could not be sent: down',
    ]);
    instances.tell(AKKO);
    expect(signals()).toHaveLength(2);
  });

  it('say nothing more after the stop', () => {
    instances.tell(AKKO);
    notices.stop();
    runs.tell(RUN, { stored: true });
    expect(signals()).toEqual([]);
  });
});
