import {
  INSTANCE_HEALTHS,
  FINDING_SEVERITIES,
  BACKUP_FRESHNESSES,
  type InstanceRef,
  type OperationRequest,
} from '@akko/backstage-plugin-akko-common';
import { z } from 'zod/v3';
import { AkkoError } from '../errors';

const text = z.string().trim().min(1);
/** A whole number in a query, in digits. */
const count = (min: number, max = Number.MAX_SAFE_INTEGER) =>
  z
    .string({
      errorMap: () => ({ message: 'must be given once, as a whole number' }),
    })
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min).max(max));
const limit = count(1, 200).default('50');
const cursor = z.string().min(1).max(500);

export const pageQuery = z.object({ limit, cursor: cursor.optional() });

export const instancesQuery = z.object({
  limit,
  cursor: cursor.optional(),
  cluster: text.optional(),
  namespace: text.optional(),
  health: z.enum(INSTANCE_HEALTHS).optional(),
  freshness: z.enum(BACKUP_FRESHNESSES).optional(),
  q: z.string().max(200).optional(),
});

export const findingsQuery = z.object({
  limit,
  cursor: cursor.optional(),
  severity: z.enum(FINDING_SEVERITIES).optional(),
  rule: text.optional(),
  cluster: text.optional(),
  group: z.enum(['cause']).optional(),
});

export const operationQuery = z.object({
  wait: count(0, 60).default('0'),
});

export const logQuery = z.object({
  attempt: count(1).optional(),
  tail: count(1, 100_000).optional(),
  follow: z
    .enum(['true', 'false', ''])
    .default('false')
    .transform(value => value !== 'false'),
});

export const idempotencyKey = z
  .object({ 'idempotency-key': z.string().trim().min(1).max(200).optional() })
  .transform(headers => headers['idempotency-key']);

const jobName = z.string().min(1).max(63);

/** Actions of the contract that this version does not carry out. */
const LATER_ACTIONS: unknown[] = ['backup', 'drill', 'suspend', 'resume'];
/** A hostile body can have thousands. */
const KEYS_NAMED = 10;

export const operationBody = z
  .object({
    action: z.enum(['bootstrap', 'rerun'], {
      errorMap: (_, { data }) => ({
        message: LATER_ACTIONS.includes(data)
          ? `'${data}' is not offered yet; 'bootstrap' and 'rerun' are`
          : "must be 'bootstrap' or 'rerun'",
      }),
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
  const details = result.error.issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys
          .slice(0, KEYS_NAMED)
          .map(key => ({ field: key.slice(0, 100), message: 'is not known' }))
      : [
          {
            field: issue.path.join('.') || where,
            message: issue.message,
          },
        ],
  );
  throw new AkkoError(
    'invalid-request',
    `Not valid in the ${where}: ${details
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
