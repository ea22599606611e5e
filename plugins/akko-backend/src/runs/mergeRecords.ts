import type { Attempt, RunEvent } from '@akko/backstage-plugin-akko-common';
import type { RunRecord } from './types';

/** An attempt as the database keeps it: with what it is recognised by. */
export type StoredAttempt = Attempt & {
  containerId?: string;
  restart?: number;
  /** Why the log of an ended attempt is not kept. */
  logNote?: string;
};

const STATE_RANK = {
  pending: 0,
  running: 1,
  unknown: 2,
  failed: 3,
  succeeded: 3,
};

/** An event list is for reading; Kubernetes repeats itself. */
const MOST_EVENTS = 100;

function sameAttempt(a: StoredAttempt, b: StoredAttempt): boolean {
  if (a.containerId && b.containerId) {
    return a.containerId === b.containerId;
  }
  return a.pod === b.pod && (a.restart ?? 0) === (b.restart ?? 0);
}

function attemptRank(attempt: StoredAttempt): number {
  if (attempt.exitCode !== undefined || attempt.finishedAt) {
    return 2;
  }
  return attempt.startedAt ? 1 : 0;
}

function mergeAttempt(
  stored: StoredAttempt,
  incoming: StoredAttempt,
): StoredAttempt {
  const [later, earlier] =
    attemptRank(incoming) >= attemptRank(stored) && attemptRank(stored) < 2
      ? [incoming, stored]
      : [stored, incoming];
  const waits = attemptRank(later) === 0;
  return {
    number: stored.number,
    pod: stored.pod,
    node: later.node ?? earlier.node,
    startedAt: later.startedAt ?? earlier.startedAt,
    finishedAt: later.finishedAt ?? earlier.finishedAt,
    exitCode: later.exitCode ?? earlier.exitCode,
    // What a container waited for is no longer true once it runs.
    reason: later.reason ?? (waits ? earlier.reason : undefined),
    message: later.message ?? (waits ? earlier.message : undefined),
    hasLog: stored.hasLog || incoming.hasLog,
    containerId: later.containerId ?? earlier.containerId,
    restart: stored.restart ?? incoming.restart,
    logNote: stored.logNote ?? incoming.logNote,
  };
}

function mergeAttempts(
  stored: readonly StoredAttempt[],
  incoming: readonly StoredAttempt[],
): StoredAttempt[] {
  const merged = stored.map(attempt => mergeAttempt(attempt, attempt));
  for (const attempt of incoming) {
    const index = merged.findIndex(known => sameAttempt(known, attempt));
    if (index >= 0) {
      merged[index] = mergeAttempt(merged[index], attempt);
      continue;
    }
    const taken = new Set(merged.map(({ number }) => number));
    const number = taken.has(attempt.number)
      ? Math.max(...taken) + 1
      : attempt.number;
    merged.push({ ...attempt, number });
  }
  return merged.sort((a, b) => a.number - b.number);
}

function mergeEvents(
  stored: readonly RunEvent[],
  incoming: readonly RunEvent[],
): RunEvent[] {
  const byKey = new Map<string, RunEvent>();
  for (const event of [...stored, ...incoming]) {
    const key = `${event.object} ${event.reason} ${event.message}`;
    const known = byKey.get(key);
    byKey.set(key, {
      type: event.type,
      reason: event.reason,
      message: event.message,
      object: event.object,
      count: Math.max(event.count ?? 1, known?.count ?? 1),
      at: [event.at ?? '', known?.at ?? ''].sort()[1] || undefined,
    });
  }
  return [...byKey.values()]
    .sort(
      (a, b) =>
        (a.at ?? '').localeCompare(b.at ?? '') ||
        a.object.localeCompare(b.object) ||
        a.reason.localeCompare(b.reason) ||
        a.message.localeCompare(b.message),
    )
    .slice(-MOST_EVENTS);
}

/**
 * Joins what is stored of a run with what was seen now. Time only goes forward: an ended run stays as it ended, an ended attempt too,
 * attempts and events are never lost, and the first writer's trigger and creation time stay. So replicas that saw different parts of the
 * same run may write in any order.
 */
export function mergeRecords(
  stored: RunRecord,
  incoming: RunRecord,
): RunRecord {
  const forward = STATE_RANK[incoming.state] > STATE_RANK[stored.state];
  const same = incoming.state === stored.state;
  const [state, other] =
    forward || (same && STATE_RANK[stored.state] < STATE_RANK.unknown)
      ? [incoming, stored]
      : [stored, incoming];
  const attempts = mergeAttempts(stored.attempts, incoming.attempts);
  const reports = [stored.report, incoming.report].filter(
    report => report !== undefined,
  );
  const lastEnded = attempts.filter(({ exitCode }) => exitCode !== undefined);
  return {
    ...stored,
    state: state.state,
    startedAt: state.startedAt ?? other.startedAt,
    finishedAt: state.finishedAt ?? (same ? other.finishedAt : undefined),
    reason: state.reason ?? (same ? other.reason : undefined),
    message: state.message ?? (same ? other.message : undefined),
    errorLine: incoming.errorLine ?? stored.errorLine,
    exitCode:
      lastEnded[lastEnded.length - 1]?.exitCode ??
      incoming.exitCode ??
      stored.exitCode,
    configChecksum: stored.configChecksum ?? incoming.configChecksum,
    image: stored.image ?? incoming.image,
    attempts,
    report: reports.sort((a, b) =>
      (a.finishedAt ?? '').localeCompare(b.finishedAt ?? ''),
    )[reports.length - 1],
    events: mergeEvents(stored.events, incoming.events),
    live: stored.live && incoming.live,
  };
}
