import { SystemClock } from './SystemClock';
import { VirtualClock } from './VirtualClock';

describe('the system clock', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('waits longer than a timer of Node can', () => {
    const days = 86_400_000;
    const called = jest.fn();
    new SystemClock().after(40 * days, called);
    jest.advanceTimersByTime(39 * days);
    expect(called).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1 * days);
    expect(called).toHaveBeenCalledTimes(1);
  });

  it('forgets a long timer that is cancelled on the way', () => {
    const days = 86_400_000;
    const called = jest.fn();
    const timer = new SystemClock().after(40 * days, called);
    jest.advanceTimersByTime(30 * days);
    timer.cancel();
    jest.advanceTimersByTime(30 * days);
    expect(called).not.toHaveBeenCalled();
  });
});

describe('the virtual clock', () => {
  it('fires timers in order of time, those set on the way too', async () => {
    const clock = new VirtualClock('2026-01-01T00:00:00Z');
    const seen: string[] = [];
    clock.after(20, () => seen.push('late'));
    clock.after(10, () => {
      seen.push('early');
      clock.after(5, () => seen.push('between'));
    });
    const cancelled = clock.after(15, () => seen.push('never'));
    cancelled.cancel();
    await clock.advance(30);
    expect(seen).toEqual(['early', 'between', 'late']);
    expect(clock.now()).toBe(Date.parse('2026-01-01T00:00:00.030Z'));
    expect(clock.pending).toBe(0);
  });
});
