import type { ManifestMarks } from './buildManifest';
import type { OperationRecord } from './OperationStore';

/** Who asked, as written on what is created or changed. */
export function marksOf(operation: OperationRecord): ManifestMarks {
  const { id, reason, requestedAt, requestedBy, via } = operation;
  return { operation: id, requestedBy, requestedAt, via, reason };
}
