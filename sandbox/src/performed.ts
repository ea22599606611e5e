import type { ScenarioPerformance } from '@akko/kube-sandbox';
import type { Performance } from './performances';

/** A performance as the sandbox plays it, with its times in the report. */
export function performed(performance: Performance): ScenarioPerformance {
  return {
    duration: performance.seconds,
    log: performance.lines,
    exitCode: performance.exitCode,
    ...(performance.report && {
      terminationMessage: {
        ...performance.report,
        startedAt: '{{start}}',
        finishedAt: '{{now}}',
      },
    }),
  };
}
