import { REPORT_SCHEMA } from '@akko/backstage-plugin-akko-common';
import type { Failure } from './failures';
import type { JobPlan } from './jobs';

/** What one container writes and how it ends. */
export interface Performance {
  lines: string[];
  exitCode: number;
  /** From the first line to the last. */
  seconds: number;
  /** The termination message, without the times, which are known when it runs; scripts have none. */
  report?: Record<string, unknown>;
}

export type ChangeAction = 'created' | 'updated' | 'unchanged';

/**
 * A run that does what it should.
 * @param action - what it finds: everything new, or all there already
 * @param added - how many objects are new in this version of the chart; the last ones
 */
export function success(
  plan: JobPlan,
  action: ChangeAction,
  added = 0,
): Performance {
  const found = Object.entries(plan.objects).flatMap(([kind, names]) =>
    names.map(name => ({ kind, name, action })),
  );
  const changes = found.map((change, index) =>
    index < found.length - added
      ? change
      : { ...change, action: 'created' as const },
  );
  const totals = totalsOf(changes);
  return {
    lines: [
      ...plan.greeting,
      ...changes.map(
        ({ kind, name, action: done }) =>
          `${done.padEnd('unchanged'.length)} ${kind} ${name}`,
      ),
      `${plan.name} is done: ${totals.created} created, ${totals.updated} updated, ${totals.unchanged} unchanged, 0 skipped`,
    ],
    exitCode: 0,
    seconds: plan.seconds,
    report: {
      schema: REPORT_SCHEMA,
      job: plan.name,
      outcome: 'succeeded',
      changes,
      totals,
    },
  };
}

/**
 * A run with much to do, for somebody to watch.
 * @param seconds - how long it takes; it writes a line every two seconds
 */
export function upgrading(plan: JobPlan, seconds: number): Performance {
  const { lines, ...rest } = success(plan, 'unchanged');
  const steps = Math.max(1, Math.floor(seconds / 2) - lines.length);
  const done = lines.pop()!;
  return {
    ...rest,
    seconds,
    lines: [
      ...lines,
      ...Array.from(
        { length: steps },
        (_, step) => `thumbnails: ${step + 1} of ${steps} drawn`,
      ),
      done,
    ],
  };
}

/** A run that ends as the failure says, after its first lines. */
export function failing(plan: JobPlan, failure: Failure): Performance {
  return {
    lines: [
      ...(failure.keepsGreeting ? plan.greeting : plan.greeting.slice(0, 1)),
      ...failure.lines,
    ],
    exitCode: failure.exitCode ?? 1,
    seconds: failure.seconds ?? Math.ceil(plan.seconds / 3),
    report: {
      schema: REPORT_SCHEMA,
      job: plan.name,
      outcome: 'failed',
      changes: [],
      totals: totalsOf([]),
      error: failure.error,
    },
  };
}

/** Of a report. */
export function totalsOf(changes: { action: ChangeAction }[]) {
  const count = (action: ChangeAction) =>
    changes.filter(change => change.action === action).length;
  return {
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    skipped: 0,
  };
}
