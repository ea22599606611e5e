import { runIdOf } from '../runs/runId';
import type { RunRecord } from '../runs/types';

/** A run of minio-init of `prod/akko/akko` that ended well; tests change what they are about. */
export function aRunRecord(changes: Partial<RunRecord> = {}): RunRecord {
  const cluster = changes.cluster ?? 'prod';
  const uid = changes.uid ?? 'uid-1';
  return {
    id: runIdOf(cluster, uid),
    cluster,
    uid,
    instance: { cluster, namespace: 'akko', release: 'akko' },
    name: 'minio-init',
    kind: 'init',
    jobName: 'akko-minio-init',
    state: 'succeeded',
    trigger: { type: 'helm', revision: 14 },
    createdAt: '2026-11-01T10:00:00.000Z',
    startedAt: '2026-11-01T10:00:01.000Z',
    finishedAt: '2026-11-01T10:00:13.000Z',
    exitCode: 0,
    image: 'akko-init:1.0.0',
    attempts: [
      {
        number: 1,
        pod: 'akko-minio-init-abcde',
        node: 'node-1',
        startedAt: '2026-11-01T10:00:03.000Z',
        finishedAt: '2026-11-01T10:00:12.000Z',
        exitCode: 0,
        reason: 'Completed',
        hasLog: false,
      },
    ],
    events: [],
    live: true,
    ...changes,
  };
}
