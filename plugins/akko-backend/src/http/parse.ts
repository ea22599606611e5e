import {
  INSTANCE_HEALTHS,
  BACKUP_FRESHNESSES,
  type InstanceRef,
  type OperationRequest,
} from '@akko/backstage-plugin-akko-common';
import { z } from 'zod/v3';
import { AkkoError } from '../errors';
import { isCursor } from '../runs/pageCursor';
import { isUpgradeCursor } from '../runs/upgradeCursor';

const text = z.string().trim().min(1);
const limit = z.coerce.number().int().min(1).max(200).default(50);
const cursor = z.string().min(1).max(500);

export const pageQuery = z.object({
  limit,
  cursor: cursor.refine(isCursor, 'is none of this list').optional(),
});

export const upgradesQuery = z.object({
  limit,
  cursor: cursor.refine(isUpgradeCursor, 'is none of this list').optional(),
});

export const instancesQuery = z.object({
  limit,
  cursor: cursor.optional(),
  cluster: text.optional(),
  namespace: text.optional(),
  health: z.enum(INSTANCE_HEALTHS).optional(),
  freshness: z.enum(BACKUP_FRESHNESSES).optional(),
  q: z.string().max(200).optional(),
});

export const operationQuery = z.object({
  wait: z.coerce.number().int().min(0).max(60).default(0),
});

export const logQuery = z.object({
  attempt: z.coerce.number().int().min(1).optional(),
  tail: z.coerce.number().int().min(1).max(100_000).optional(),
  follow: z
    .enum(['true', 'false', ''])
    .default('false')
    .transform(value => value !== 'false'),
});

export const idempotencyKey = z
  .object({ 'idempotency-key': z.string().trim().min(1).max(200).optional() })
  .transform(headers => headers['idempotency-key']);

const jobName = z.string().min(1).max(63);

export const operationBody = z
  .object({
    action: z.enum(['bootstrap', 'rerun'], {
      errorMap: () => ({ message: "must be 'bootstrap' or 'rerun'" }),
    }),
    jobs: z
      .union([z.enum(['all', 'failed']), z.array(jobName).min(1).max(50)], {
        errorMap: () => ({
          message: "must be 'all', 'failed' or a list of 1 to 50 job names",
        }),
      })
      .optional(),
    // PostgreSQL's text cannot hold it.
    reason: z
      .string()
      .max(500)
      .refine(value => !value.includes('\0'), 'must not hold U+0000')
      .optional(),
    dryRun: z.boolean().optional(),
    via: z.enum(['portal', 'api', 'scaffolder', 'action']).optional(),
  })
  .strict()
  .superRefine(({ action, jobs }, context) => {
    if (action === 'rerun' && jobs === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['jobs'],
        message: "is needed with 'rerun': 'all', 'failed' or job names",
      });
    }
    if (action === 'bootstrap' && jobs !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['jobs'],
        message: "does not go with 'bootstrap', which runs all enabled jobs",
      });
    }
  }) satisfies z.ZodType<OperationRequest, z.ZodTypeDef, unknown>;

/**
 * Reads what a caller sent.
 * @param where - such as `query` or `body`, for the message
 * @throws AkkoError `invalid-request` that names each field
 */
export function parse<Output>(
  schema: z.ZodType<Output, z.ZodTypeDef, unknown>,
  value: unknown,
  where: string,
): Output {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const details = result.error.issues.map(issue => ({
    field: issue.path.join('.') || where,
    message: issue.message,
  }));
  throw new AkkoError(
    'invalid-request',
    `The ${where} is not valid: ${details
      .map(({ field, message }) => `${field}: ${message}`)
      .join('; ')}`,
    { details },
  );
}

/** The instance that a path names. */
export function refOf(params: Record<string, string>): InstanceRef {
  const { cluster, namespace, release } = params;
  return { cluster, namespace, release };
}
