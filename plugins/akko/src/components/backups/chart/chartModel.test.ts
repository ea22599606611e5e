import { aPoint } from '../../../__testUtils__/backupHandlers';
import { drawnPoints } from './chartModel';

describe('the points of the chart', () => {
  it('have no size or duration where a backup failed, but a mark', () => {
    const [point] = drawnPoints([
      aPoint({ state: 'failed', bytes: 5, durationSeconds: 9 }),
    ]);
    expect(point).toMatchObject({ failed: expect.any(Number) });
    expect(point.size).toBeUndefined();
    expect(point.seconds).toBeUndefined();
  });

  it('have different marks for drills that restored and those that did not', () => {
    const drawn = drawnPoints([
      aPoint({ kind: 'drill' }),
      aPoint({ kind: 'drill', state: 'failed' }),
    ]);
    expect(
      drawn.map(({ drill, drillFailed }) => [
        drill !== undefined,
        drillFailed !== undefined,
      ]),
    ).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('are in order of time', () => {
    const drawn = drawnPoints([
      aPoint({ run: 'late', at: '2026-11-23T02:00:00Z' }),
      aPoint({ run: 'early', at: '2026-11-22T02:00:00Z' }),
    ]);
    expect(drawn.map(({ point }) => point.run)).toEqual(['early', 'late']);
  });
});
