import { useApi } from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';
import { akkoApiRef } from '../api/akkoApi';

/** A log as far as it is known. */
export interface LogState {
  text: string;
  isLoading: boolean;
  /** More may come. */
  isFollowing: boolean;
  error?: Error;
}

/** Pieces that come at once are shown at once, in milliseconds. */
const FRAME = 100;

/**
 * The log of one attempt; of a running one, what it writes as it writes it.
 * @param attempt - its number; undefined: the last
 */
export function useRunLog(
  run: string,
  attempt: number | undefined,
  isRunning: boolean,
): LogState {
  const api = useApi(akkoApiRef);
  const [state, setState] = useState<LogState>({
    text: '',
    isLoading: true,
    isFollowing: isRunning,
  });

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let text = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (change: Partial<LogState>) => {
      if (!signal.aborted) {
        setState({ text, isLoading: false, isFollowing: false, ...change });
      }
    };
    const showSoon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        show({ isFollowing: true });
      }, FRAME);
    };
    const read = async () => {
      if (isRunning) {
        show({ isLoading: true, isFollowing: true });
        for await (const piece of api.followLog(run, { attempt, signal })) {
          text += piece;
          showSoon();
        }
      } else {
        ({ text } = await api.log(run, { attempt, signal }));
      }
    };
    read()
      .then(() => show({}))
      .catch(error => show({ error }))
      .finally(() => clearTimeout(timer));
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [api, run, attempt, isRunning]);

  return state;
}
