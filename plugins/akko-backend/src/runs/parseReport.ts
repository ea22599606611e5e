import { z } from 'zod/v3';
import { REPORT_SCHEMA, type Report } from '@akko/backstage-plugin-akko-common';

const count = z.number().int().nonnegative();

const backupSchema = z
  .object({
    id: z.string(),
    location: z.string(),
    bytes: count,
    sha256: z.string(),
    items: z.array(
      z
        .object({
          name: z.string(),
          bytes: count.optional(),
          count: count.optional(),
          sha256: z.string().optional(),
        })
        .passthrough(),
    ),
    itemCount: count,
    kept: count,
    pruned: count,
    verified: z.boolean(),
    level: z.enum(['none', 'checksum', 'readable', 'restored']),
    toolVersion: z.string(),
    serverVersion: z.string(),
    restoreSeconds: z.number().nonnegative(),
  })
  .partial()
  .required({ id: true, location: true })
  .passthrough();

const reportSchema = z.object({
  schema: z.literal(REPORT_SCHEMA),
  job: z.string(),
  outcome: z.enum(['succeeded', 'failed']),
  plan: z.boolean().optional(),
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
      nextStep: z.string().optional(),
    })
    .optional(),
  backup: backupSchema.optional(),
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
