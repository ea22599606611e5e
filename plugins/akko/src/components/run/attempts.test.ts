import { placeAttempts, stateOfAttempt } from './attempts';

const at = (seconds: number) =>
  new Date(Date.UTC(2026, 10, 23, 10, 0, seconds)).toISOString();

describe('stateOfAttempt', () => {
  it.each([
    [{}, 'pending'],
    [{ startedAt: at(0) }, 'running'],
    [{ startedAt: at(0), finishedAt: at(1), exitCode: 0 }, 'succeeded'],
    [{ startedAt: at(0), finishedAt: at(1), exitCode: 137 }, 'failed'],
    [{ startedAt: at(0), finishedAt: at(1) }, 'unknown'],
  ])('%j is %s', (attempt, state) => {
    expect(
      stateOfAttempt({ number: 1, pod: 'pod', hasLog: true, ...attempt }),
    ).toBe(state);
  });
});

describe('placeAttempts', () => {
  const attempt = (
    number: number,
    startedAt?: string,
    finishedAt?: string,
  ) => ({
    number,
    pod: `pod-${number}`,
    hasLog: true,
    startedAt,
    finishedAt,
  });

  it('shares the time of the run, pauses included', () => {
    expect(
      placeAttempts(
        [attempt(1, at(0), at(10)), attempt(2, at(30), at(40))],
        new Date(at(50)),
      ),
    ).toEqual([
      { from: 0, share: 0.25 },
      { from: 0.75, share: 0.25 },
    ]);
  });

  it('lets one that runs go on till now, and leaves out one that has not started', () => {
    expect(
      placeAttempts(
        [attempt(1, at(0), at(10)), attempt(2, at(10)), attempt(3)],
        new Date(at(40)),
      ),
    ).toEqual([
      { from: 0, share: 0.25 },
      { from: 0.25, share: 0.75 },
      undefined,
    ]);
  });

  it('fills the line with one that took no time', () => {
    expect(placeAttempts([attempt(1, at(5), at(5))], new Date(at(9)))).toEqual([
      { from: 0, share: 1 },
    ]);
  });
});
