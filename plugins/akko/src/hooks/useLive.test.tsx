import {
  SIGNAL_CHANNEL,
  type AkkoSignal,
} from '@akko/backstage-plugin-akko-common';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { TestApiProvider } from '@backstage/test-utils';
import { act, renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { POLL_INTERVAL, SAFETY_INTERVAL, useLive } from './useLive';

const CHANGED: AkkoSignal = { type: 'instance-changed', instance: 'a/b/c' };

function setUp(options: { hasSignals: boolean }) {
  const listeners = new Set<(signal: AkkoSignal) => void>();
  const signalApi = {
    subscribe: (channel: string, listener: any) => {
      expect(channel).toBe(SIGNAL_CHANNEL);
      listeners.add(listener);
      return { unsubscribe: () => listeners.delete(listener) };
    },
  };
  let answer: () => Promise<string> = async () => 'first';
  const load = jest.fn(() => answer());
  const wrapper = ({ children }: PropsWithChildren<{}>) => (
    <TestApiProvider<any>
      apis={options.hasSignals ? [[signalApiRef, signalApi]] : []}
    >
      {children}
    </TestApiProvider>
  );
  const view = renderHook(
    () => useLive(load, signal => signal.type === 'instance-changed'),
    { wrapper },
  );
  return {
    ...view,
    load,
    answerWith: (next: () => Promise<string>) => {
      answer = next;
    },
    signal: (signal: AkkoSignal) => listeners.forEach(tell => tell(signal)),
    pass: (milliseconds: number) =>
      act(() => jest.advanceTimersByTimeAsync(milliseconds)),
    listeners,
  };
}

function setVisibility(state: 'visible' | 'hidden') {
  Object.defineProperty(document, 'visibilityState', {
    value: state,
    configurable: true,
  });
}

beforeEach(() => {
  jest.useFakeTimers();
  setVisibility('visible');
});
afterEach(() => jest.useRealTimers());

describe('useLive', () => {
  it('asks once for a burst of signals that concern it, and not for others', async () => {
    const { load, pass, signal } = setUp({ hasSignals: true });
    await pass(0);
    expect(load).toHaveBeenCalledTimes(1);
    signal({ type: 'cluster-changed', cluster: 'a' });
    await pass(1000);
    expect(load).toHaveBeenCalledTimes(1);
    signal(CHANGED);
    signal(CHANGED);
    signal({ type: 'fleet-changed' });
    await pass(1000);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('keeps what it has when asking again fails, and says so', async () => {
    const { answerWith, pass, result, signal } = setUp({ hasSignals: true });
    await pass(0);
    answerWith(async () => {
      throw new Error('refused');
    });
    signal(CHANGED);
    await pass(1000);
    expect(result.current).toMatchObject({
      status: 'ready',
      value: 'first',
      error: new Error('refused'),
    });
  });

  it.each([
    { hasSignals: false, interval: POLL_INTERVAL },
    { hasSignals: true, interval: SAFETY_INTERVAL },
  ])(
    'asks every $interval ms in a visible tab only (signals: $hasSignals)',
    async ({ hasSignals, interval }) => {
      const { load, pass } = setUp({ hasSignals });
      await pass(interval + 1);
      // Once more when the connection of signals is made.
      const asked = hasSignals ? 3 : 2;
      expect(load).toHaveBeenCalledTimes(asked);
      setVisibility('hidden');
      await pass(5 * interval);
      expect(load).toHaveBeenCalledTimes(asked);
    },
  );

  it('asks once more for what changed while the connection of signals was made', async () => {
    const { load, pass } = setUp({ hasSignals: true });
    await pass(5000);
    expect(load).toHaveBeenCalledTimes(2);
    await pass(5000);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('never asks twice at the same time, and asks again for what came meanwhile', async () => {
    const { answerWith, load, pass, result, signal } = setUp({
      hasSignals: true,
    });
    await pass(0);
    let finish = (_: string) => {};
    answerWith(() => new Promise(resolve => (finish = resolve)));
    signal(CHANGED);
    await pass(200);
    signal(CHANGED);
    await pass(200);
    expect(load).toHaveBeenCalledTimes(2);
    answerWith(async () => 'third');
    finish('second');
    await pass(0);
    expect(load).toHaveBeenCalledTimes(3);
    expect(result.current).toMatchObject({ value: 'third' });
  });

  it('hears nothing more after its end', async () => {
    const { listeners, load, pass, unmount } = setUp({ hasSignals: true });
    await pass(0);
    unmount();
    await pass(10 * SAFETY_INTERVAL);
    expect(listeners.size).toBe(0);
    expect(load).toHaveBeenCalledTimes(1);
  });
});
