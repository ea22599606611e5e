import { z } from 'zod/v3';
import { REPORT_SCHEMA, type Report } from '@akko/backstage-plugin-akko-common';

const count = z.number().int().nonnegative();

const reportSchema = z.object({
  schema: z.literal(REPORT_SCHEMA),
  job: z.string(),
  outcome: z.enum(['succeeded', 'failed']),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  changes: z
    .array(
      z.object({
        kind: z.string(),
        name: z.string(),
        action: z.enum(['created', 'updated', 'unchanged', 'skipped']),
        note: z.string().optional(),
      }),
    )
    .optional(),
  totals: z
    .object({
      created: count,
      updated: count,
      unchanged: count,
      skipped: count,
    })
    .optional(),
  error: z
    .object({
      code: z.string(),
      service: z.string().optional(),
      message: z.string(),
    })
    .optional(),
  backup: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Reads a termination message as a report (architecture: the report). Kubernetes cuts it at 4 KiB, older charts write none, and with
 * `FallbackToLogsOnError` it is the log's tail: whatever is not a whole report is none.
 */
export function parseReport(message: string | undefined): Report | undefined {
  const text = message?.trim();
  if (!text?.startsWith('{')) {
    return undefined;
  }
  try {
    const result = reportSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}
