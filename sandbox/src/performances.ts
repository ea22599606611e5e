import { createHash } from 'node:crypto';
import { REPORT_SCHEMA } from '@akko/backstage-plugin-akko-common';
import type { Failure } from './failures';
import { planOf, type JobPlan } from './jobs';

/** What one container writes and how it ends. */
export interface Performance {
  lines: string[];
  exitCode: number;
  /** From the first line to the last. */
  seconds: number;
  /** The termination message, without the times, which are known when it runs. */
  report: Record<string, unknown>;
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

/** What made a backup, and of which server. */
const versions: Record<string, object> = {
  'backup-postgres': { toolVersion: 'pg_dump 17.6', serverVersion: '17.6' },
};

/**
 * A backup that went well.
 * @param day - how many days ago; older ones are smaller, as data grows
 */
export function backup(plan: JobPlan, day: number): Performance {
  const gibibytes = plan.name === 'backup-minio' ? 38 : 6;
  const bytes = Math.round(gibibytes * 2 ** 30 * (1 - day * 0.004));
  const id = `${plan.name.replace('backup-', '')}-${String(1000 - day)}`;
  const sha256 = createHash('sha256').update(id).digest('hex');
  const items =
    plan.name === 'backup-minio'
      ? planOf('minio-init').objects.bucket
      : planOf('postgres-init').objects.database;
  return {
    lines: [
      ...plan.greeting,
      ...items.map(item => `${item}: written`),
      `${id}: ${bytes} bytes, sha256 ${sha256}`,
      'archive read back: complete',
      'kept 7, pruned 1',
    ],
    exitCode: 0,
    seconds: Math.round(plan.seconds * (1 - day * 0.004)),
    report: {
      schema: REPORT_SCHEMA,
      job: plan.name,
      outcome: 'succeeded',
      changes: [],
      totals: totalsOf([]),
      backup: {
        id,
        location: `/backup/${id}`,
        bytes,
        sha256,
        items: items.map(name => ({
          name,
          bytes: Math.round(bytes / items.length),
        })),
        itemCount: items.length,
        kept: 7,
        pruned: 1,
        verified: true,
        level: 'readable',
        ...versions[plan.name],
      },
    },
  };
}

function totalsOf(changes: { action: ChangeAction }[]) {
  const count = (action: ChangeAction) =>
    changes.filter(change => change.action === action).length;
  return {
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    skipped: 0,
  };
}
