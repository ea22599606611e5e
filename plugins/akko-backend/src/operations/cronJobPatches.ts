import {
  ANNOTATION_PAUSED_AT,
  ANNOTATION_PAUSED_BY,
  ANNOTATION_PAUSED_REASON,
} from '@akko/backstage-plugin-akko-common';
import type { ManifestMarks } from './buildManifest';

/** Pauses a schedule, and says on the CronJob who did it, when and why, for those who find it there. */
export function pausePatch(marks: ManifestMarks): object {
  return {
    metadata: {
      annotations: {
        [ANNOTATION_PAUSED_AT]: marks.requestedAt ?? null,
        [ANNOTATION_PAUSED_BY]: marks.requestedBy,
        [ANNOTATION_PAUSED_REASON]: marks.reason ?? null,
      },
    },
    spec: { suspend: true },
  };
}

/** Lets a schedule go on, and takes the notes of the pause away. */
export function resumePatch(): object {
  return {
    metadata: {
      annotations: {
        [ANNOTATION_PAUSED_AT]: null,
        [ANNOTATION_PAUSED_BY]: null,
        [ANNOTATION_PAUSED_REASON]: null,
      },
    },
    spec: { suspend: false },
  };
}
