import fc from 'fast-check';
import { aRunRecord } from '../testing/aRunRecord';
import { mergeRecords } from './mergeRecords';
import type { RunRecord } from './types';

const WAITING = {
  number: 1,
  pod: 'a',
  hasLog: false,
  reason: 'ImagePullBackOff',
};
const RUNNING = {
  number: 1,
  pod: 'a',
  hasLog: false,
  startedAt: '2026-11-01T10:00:03.000Z',
};
const ENDED = {
  ...RUNNING,
  finishedAt: '2026-11-01T10:00:12.000Z',
  exitCode: 1,
  reason: 'Error',
};

const UNFINISHED = { finishedAt: undefined, exitCode: undefined, attempts: [] };

/** One run as a watcher may see it, from first sight to last. */
const SIGHTS: RunRecord[] = [
  aRunRecord({ ...UNFINISHED, state: 'pending', startedAt: undefined }),
  aRunRecord({ ...UNFINISHED, state: 'running', attempts: [WAITING] }),
  aRunRecord({ ...UNFINISHED, state: 'running', attempts: [RUNNING] }),
  aRunRecord({ ...UNFINISHED, state: 'running', attempts: [ENDED] }),
  aRunRecord({
    ...UNFINISHED,
    state: 'unknown',
    live: false,
    reason: 'JobGone',
  }),
  aRunRecord({
    state: 'failed',
    reason: 'BackoffLimitExceeded',
    exitCode: 1,
    attempts: [ENDED],
    events: [
      {
        type: 'Warning',
        reason: 'Failed',
        message: 'm',
        object: 'Job/a',
        count: 2,
      },
    ],
  }),
];

describe('mergeRecords', () => {
  it('comes to the same end in whatever order and however often replicas write', () => {
    const end = SIGHTS.reduce(mergeRecords);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(SIGHTS, { minLength: SIGHTS.length }),
        fc.array(fc.constantFrom(...SIGHTS)),
        (order, again) => {
          const merged = [...order, ...again].reduce(mergeRecords);
          expect(JSON.parse(JSON.stringify(merged))).toEqual(
            JSON.parse(JSON.stringify(end)),
          );
        },
      ),
    );
    expect(end).toMatchObject({
      state: 'failed',
      reason: 'BackoffLimitExceeded',
      live: false,
      attempts: [{ exitCode: 1, reason: 'Error' }],
    });
  });

  it('keeps trigger and creation time of the first writer', () => {
    const merged = mergeRecords(
      aRunRecord(),
      aRunRecord({
        trigger: { type: 'unknown' },
        createdAt: '2027-01-01T00:00:00.000Z',
      }),
    );
    expect(merged.trigger.type).toBe('helm');
    expect(merged.createdAt).toBe('2026-11-01T10:00:00.000Z');
  });

  it('no longer tells what a container waited for once it runs', () => {
    const [attempt] = mergeRecords(SIGHTS[1], SIGHTS[2]).attempts;
    expect(attempt.reason).toBeUndefined();
  });

  it('tells executions in one pod apart by their container', () => {
    const attempt = (containerId: string, number: number) => ({
      ...ENDED,
      number,
      containerId,
      restart: 0,
    });
    const merged = mergeRecords(
      aRunRecord({ attempts: [attempt('c1', 1)] }),
      aRunRecord({ attempts: [attempt('c2', 2)] }),
    );
    expect(merged.attempts.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('gives a later seen pod a number of its own when its number is taken', () => {
    const merged = mergeRecords(
      aRunRecord({ attempts: [{ ...ENDED, pod: 'b' }] }),
      aRunRecord({ attempts: [{ ...ENDED, pod: 'a' }] }),
    );
    expect(merged.attempts).toMatchObject([
      { number: 1, pod: 'b' },
      { number: 2, pod: 'a' },
    ]);
  });

  it('keeps a log that another replica stored', () => {
    const merged = mergeRecords(
      aRunRecord({ attempts: [{ ...ENDED, hasLog: true }] }),
      aRunRecord({ attempts: [ENDED] }),
    );
    expect(merged.attempts[0].hasLog).toBe(true);
  });

  it('counts a repeated event once, by its highest count', () => {
    const event = {
      type: 'Warning',
      reason: 'BackOff',
      message: 'm',
      object: 'Pod/a',
    };
    const merged = mergeRecords(
      aRunRecord({
        events: [{ ...event, count: 5, at: '2026-11-01T10:05:00.000Z' }],
      }),
      aRunRecord({
        events: [{ ...event, count: 2, at: '2026-11-01T10:01:00.000Z' }],
      }),
    );
    expect(merged.events).toEqual([
      { ...event, count: 5, at: '2026-11-01T10:05:00.000Z' },
    ]);
  });
});
