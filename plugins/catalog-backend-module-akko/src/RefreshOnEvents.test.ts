import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { RefreshOnEvents } from './RefreshOnEvents';

describe('a refresh on events', () => {
  const logger = mockServices.logger.mock();
  const trigger = jest.fn<Promise<void>, []>();
  let events: ReturnType<typeof mockServices.events>;
  let onEvents: RefreshOnEvents;

  const tell = (eventPayload: unknown, topic = 'akko') =>
    events.publish({ topic, eventPayload });
  const appeared = { type: 'instance-appeared', instance: 'prod/akko/akko' };

  beforeEach(async () => {
    jest.useFakeTimers();
    jest.resetAllMocks();
    trigger.mockResolvedValue();
    events = mockServices.events();
    onEvents = new RefreshOnEvents({ events, logger, trigger });
    await onEvents.start();
  });
  afterEach(() => {
    onEvents.stop();
    jest.useRealTimers();
  });

  it.each(['instance-appeared', 'instance-gone'])('follows %s', async type => {
    await tell({ ...appeared, type });
    await jest.advanceTimersByTimeAsync(1_999);
    expect(trigger).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(trigger).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['of other types', { type: 'run-finished', instance: 'prod/akko/akko' }],
    ['without a type', {}],
    ['without anything', undefined],
  ])('does not follow events %s', async (_, payload) => {
    await tell(payload);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(trigger).not.toHaveBeenCalled();
  });

  it('does not follow other topics', async () => {
    await tell(appeared, 'github');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(trigger).not.toHaveBeenCalled();
  });

  it('makes one of many, and another of those after it', async () => {
    for (let i = 0; i < 100; i++) {
      await tell(appeared);
    }
    await jest.advanceTimersByTimeAsync(60_000);
    expect(trigger).toHaveBeenCalledTimes(1);
    await tell(appeared);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(trigger).toHaveBeenCalledTimes(2);
  });

  it('is not put off for ever by a stream of events', async () => {
    for (let i = 0; i < 10; i++) {
      await tell(appeared);
      await jest.advanceTimersByTimeAsync(1_000);
    }
    expect(trigger.mock.calls.length).toBeGreaterThanOrEqual(3);
  });

  it('comes after a run that is on', async () => {
    trigger.mockRejectedValueOnce(new ConflictError('is running'));
    await tell(appeared);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(trigger).toHaveBeenCalledTimes(2);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('is left to the schedule, with a word, when it cannot be asked for', async () => {
    trigger.mockRejectedValue(new Error('no database'));
    await tell(appeared);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(trigger).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('no database'),
    );
  });

  it('stops with the portal', async () => {
    await tell(appeared);
    onEvents.stop();
    await tell(appeared);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(trigger).not.toHaveBeenCalled();
  });
});
