import { mockServices } from '@backstage/backend-test-utils';
import {
  stringifyInstanceRef,
  type InstanceRef,
  type Operation,
  type Run,
} from '@akko/backstage-plugin-akko-common';
import { ManualClock } from '../clusters/__testUtils__/ManualClock';
import type { RunChange } from '../runs/types';
import { source } from './__testUtils__/source';
import { ChangeEvents } from './ChangeEvents';

const AKKO = { cluster: 'prod', namespace: 'akko', release: 'akko' };
const OTHER = { ...AKKO, release: 'other' };
const OPERATION = {
  id: 'op-1',
  instance: 'prod/akko/akko',
  action: 'rerun',
  state: 'queued',
  requestedBy: 'user:default/ana',
  reason: 'the password is hunter2',
} as Operation;

describe('ChangeEvents', () => {
  let clock: ManualClock;
  let events: ChangeEvents;
  let listed: InstanceRef[];
  const publish = jest.fn();
  const logger = mockServices.logger.mock();
  const instances = source<[InstanceRef]>();
  const runs = source<[Run, RunChange]>();
  const operations = source<[Operation]>();

  beforeEach(() => {
    jest.resetAllMocks();
    clock = new ManualClock();
    listed = [AKKO];
    events = new ChangeEvents({
      instances: {
        onInstanceChanged: instances.subscribe,
        refs: () => listed,
        has: ref =>
          listed.some(
            other => stringifyInstanceRef(other) === stringifyInstanceRef(ref),
          ),
      },
      recorder: { onRunChanged: runs.subscribe },
      operations: { onOperationChanged: operations.subscribe },
      events: { publish, subscribe: jest.fn() },
      clock,
      logger,
    });
    events.start();
  });
  afterEach(() => events.stop());

  const payloads = () =>
    publish.mock.calls.map(([{ eventPayload, topic }]) => {
      expect(topic).toBe('akko');
      return eventPayload;
    });
  const run = (changes: Partial<Run> = {}): Run =>
    ({
      id: 'run-1',
      instance: 'prod/akko/akko',
      name: 'minio-init',
      kind: 'init',
      state: 'running',
      message: 'the password is hunter2',
      createdAt: at(-2000),
      ...changes,
    } as Run);
  const ended = (changes: Partial<Run> = {}) =>
    run({ state: 'failed', finishedAt: at(-1000), ...changes });
  function at(milliseconds: number) {
    return new Date(clock.now() + milliseconds).toISOString();
  }

  it('tell of an instance that appears and is gone, once each', () => {
    instances.tell(AKKO);
    expect(payloads()).toEqual([]);
    listed = [AKKO, OTHER];
    instances.tell(OTHER);
    instances.tell(OTHER);
    listed = [AKKO];
    instances.tell(OTHER);
    expect(payloads()).toEqual([
      { type: 'instance-appeared', instance: 'prod/akko/other' },
      { type: 'instance-gone', instance: 'prod/akko/other' },
    ]);
  });

  it('tell of the start and the end of a run, once each', () => {
    runs.tell(run(), { stored: true });
    runs.tell(run(), { stored: true, previous: run() });
    runs.tell(ended(), { stored: true, previous: run() });
    runs.tell(ended(), { stored: true, previous: run() });
    runs.tell(ended(), { stored: true, previous: ended() });
    const about = {
      instance: 'prod/akko/akko',
      run: 'run-1',
      job: 'minio-init',
      kind: 'init',
    };
    expect(payloads()).toEqual([
      { type: 'run-started', ...about, state: 'running' },
      { type: 'run-ended', ...about, state: 'failed' },
    ]);
  });

  it('leave a run to the replica that wrote it', () => {
    runs.tell(run(), { stored: false });
    runs.tell(ended(), { stored: false, previous: run() });
    expect(payloads()).toEqual([]);
  });

  it('keep quiet about runs of long ago', () => {
    runs.tell(run({ createdAt: at(-3_600_000) }), { stored: true });
    runs.tell(ended({ finishedAt: at(-3_600_000) }), { stored: true });
    expect(payloads()).toEqual([]);
  });

  it('tell of an operation that is asked for and ends, without its reason', () => {
    const over: Operation = {
      ...OPERATION,
      state: 'succeeded',
      finishedAt: at(0),
    };
    [
      OPERATION,
      OPERATION,
      { ...OPERATION, state: 'running' as const },
      over,
      over,
    ].forEach(operations.tell);
    const about = {
      instance: 'prod/akko/akko',
      operation: 'op-1',
      action: 'rerun',
      requestedBy: 'user:default/ana',
    };
    expect(payloads()).toEqual([
      { type: 'operation-requested', ...about, state: 'queued' },
      { type: 'operation-ended', ...about, state: 'succeeded' },
    ]);
  });

  it('go on when events cannot be sent', async () => {
    publish.mockRejectedValue(new Error('down'));
    operations.tell(OPERATION);
    await new Promise(resolve => setImmediate(resolve));
    expect(logger.warn).toHaveBeenCalledWith(
      'The event operation-requested of prod/akko/akko could not be sent: down',
    );
  });

  it('say nothing more after the stop', () => {
    events.stop();
    operations.tell(OPERATION);
    expect(payloads()).toEqual([]);
  });
});
