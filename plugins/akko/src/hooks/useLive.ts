import {
  SIGNAL_CHANNEL,
  type AkkoSignal,
} from '@akko/backstage-plugin-akko-common';
import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { visibleInterval } from './visibleInterval';

/** What was loaded, and how loading stands. While it is loaded again the value stays. */
export type Live<Value> =
  | { status: 'loading' }
  | { status: 'ready'; value: Value; error?: Error }
  | { status: 'failed'; error: Error };

/** Signals come in bursts; one question answers all of a burst, in milliseconds. */
const BURST = 150;
/** After this time signals arrive, in milliseconds. */
const CONNECTED_WITHIN = 4_000;
/** How often is asked where the portal has no signals, in milliseconds. */
export const POLL_INTERVAL = 15_000;
/** How often is asked in spite of signals, whose connection may be lost without a word, in milliseconds. */
export const SAFETY_INTERVAL = 60_000;

/**
 * Loads something and keeps it up to date: asks again when a signal concerns it; where the portal has no signals, every 15 s in a visible tab,
 * and once a minute in any case.
 * @param load - keep it stable with `useCallback`; a new one starts over
 * @param concerns - whether a signal is about it
 */
export function useLive<Value>(
  load: () => Promise<Value>,
  concerns: (signal: Exclude<AkkoSignal, { type: 'fleet-changed' }>) => boolean,
): Live<Value> & { refresh: () => void; isLive: boolean } {
  const signals = useApiHolder().get(signalApiRef);
  const [live, setLive] = useState<Live<Value>>({ status: 'loading' });
  const concernsRef = useRef(concerns);
  concernsRef.current = concerns;
  const refreshRef = useRef<() => void>(() => {});

  useEffect(() => {
    let isCurrent = true;
    let isAsking = false;
    let isAskedAgain = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    setLive({ status: 'loading' });

    const ask = async () => {
      if (isAsking) {
        isAskedAgain = true;
        return;
      }
      isAsking = true;
      try {
        const value = await load();
        if (isCurrent) {
          setLive({ status: 'ready', value });
        }
      } catch (error) {
        if (isCurrent) {
          setLive(known => keepValue(known, error as Error));
        }
      }
      isAsking = false;
      if (isAskedAgain && isCurrent) {
        isAskedAgain = false;
        ask();
      }
    };
    refreshRef.current = ask;
    ask();

    const subscription = signals?.subscribe<AkkoSignal>(
      SIGNAL_CHANNEL,
      signal => {
        const isConcerned =
          signal.type === 'fleet-changed' || concernsRef.current(signal);
        if (isConcerned && timer === undefined) {
          timer = setTimeout(() => {
            timer = undefined;
            ask();
          }, BURST);
        }
      },
    );
    // What changed while the connection of signals was being made was told to nobody here.
    const settled = signals ? setTimeout(ask, CONNECTED_WITHIN) : undefined;
    const stopPolling = visibleInterval(
      ask,
      signals ? SAFETY_INTERVAL : POLL_INTERVAL,
    );
    const onVisible = () => {
      if (document.visibilityState === 'visible') {
        ask();
      }
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      clearTimeout(settled);
      subscription?.unsubscribe();
      stopPolling();
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [load, signals]);

  const refresh = useCallback(() => refreshRef.current(), []);
  return { ...live, refresh, isLive: signals !== undefined };
}

function keepValue<Value>(known: Live<Value>, error: Error): Live<Value> {
  return known.status === 'ready'
    ? { ...known, error }
    : { status: 'failed', error };
}
