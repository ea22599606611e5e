import type { V1JobStatus } from '@kubernetes/client-node';
import { runStateOfJob } from './runStateOfJob';

const START = new Date('2026-11-01T10:00:00Z');
const END = new Date('2026-11-01T10:00:30Z');
const LATER = new Date('2026-11-01T10:00:31Z');

function condition(type: string, status = 'True') {
  return { type, status, reason: `${type}Reason`, lastTransitionTime: LATER };
}

describe('runStateOfJob', () => {
  const table: [string, V1JobStatus | undefined, object][] = [
    ['no status is pending', undefined, { state: 'pending' }],
    ['no start is pending', {}, { state: 'pending' }],
    ['a start is running', { startTime: START }, { state: 'running' }],
    [
      'Complete is succeeded at the completion time',
      {
        startTime: START,
        completionTime: END,
        conditions: [condition('SuccessCriteriaMet'), condition('Complete')],
      },
      { state: 'succeeded', finishedAt: END.toISOString() },
    ],
    [
      'Complete with failed pods is succeeded',
      {
        startTime: START,
        failed: 3,
        succeeded: 1,
        conditions: [condition('Complete')],
      },
      { state: 'succeeded', finishedAt: LATER.toISOString() },
    ],
    [
      'Failed is failed at its transition',
      { startTime: START, conditions: [condition('Failed')] },
      {
        state: 'failed',
        finishedAt: LATER.toISOString(),
        reason: 'FailedReason',
      },
    ],
    [
      'FailureTarget is still running',
      { startTime: START, failed: 1, conditions: [condition('FailureTarget')] },
      { state: 'running' },
    ],
    [
      'SuccessCriteriaMet is still running',
      {
        startTime: START,
        succeeded: 1,
        conditions: [condition('SuccessCriteriaMet')],
      },
      { state: 'running' },
    ],
    [
      'Complete that is False is still running',
      { startTime: START, conditions: [condition('Complete', 'False')] },
      { state: 'running' },
    ],
    [
      'failed pods without a condition are still running',
      { startTime: START, failed: 7 },
      { state: 'running' },
    ],
  ];

  it.each(table)('%s', (_, status, expected) => {
    const outcome = runStateOfJob({ status });
    expect(outcome).toMatchObject(expected);
    const isOver = ['succeeded', 'failed'].includes(outcome.state);
    expect(outcome.finishedAt !== undefined).toBe(isOver);
  });

  it('takes a suspended Job for pending', () => {
    expect(
      runStateOfJob({
        spec: { suspend: true, template: {} },
        status: { startTime: START },
      }),
    ).toMatchObject({ state: 'pending', reason: 'Suspended' });
  });

  it('reads times that come as text, as they are on the wire', () => {
    const status = { startTime: '2026-11-01T10:00:00Z' } as never;
    expect(runStateOfJob({ status }).startedAt).toBe(
      '2026-11-01T10:00:00.000Z',
    );
  });
});
