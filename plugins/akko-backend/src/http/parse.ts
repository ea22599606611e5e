import {
  INSTANCE_HEALTHS,
  FINDING_SEVERITIES,
  BACKUP_FRESHNESSES,
  VERIFICATION_LEVELS,
  type InstanceRef,
  type OperationRequest,
} from '@akko/backstage-plugin-akko-common';
import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod/v3';
import { AkkoError } from '../errors';

const text = z.string().trim().min(1);
/** Characters are counted as JSON Schema does: an emoji is one. */
const atMost = (max: number) =>
  [
    (value: string) => value.length <= max || [...value].length <= max,
    `must have at most ${max} characters`,
  ] as const;
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
  order: z.enum(['attention', 'protection']).optional(),
  limit,
  cursor: cursor.optional(),
  cluster: text.optional(),
  namespace: text.optional(),
  health: z.enum(INSTANCE_HEALTHS).optional(),
  freshness: z.enum(BACKUP_FRESHNESSES).optional(),
  q: z
    .string()
    .refine(...atMost(200))
    .optional(),
});

export const fleetBackupsQuery = z.object({
  limit,
  cursor: cursor.optional(),
  cluster: text.optional(),
  freshness: z.enum(BACKUP_FRESHNESSES).optional(),
});

export const entriesQuery = z.object({
  limit,
  cursor: cursor.optional(),
  state: z
    .enum(['pending', 'running', 'succeeded', 'failed', 'unknown'])
    .optional(),
  origin: z.enum(['scheduled', 'manual', 'unknown']).optional(),
  level: z.enum(VERIFICATION_LEVELS).optional(),
  kept: z
    .enum(['true', 'false'])
    .transform(value => value === 'true')
    .optional(),
  format: z.enum(['csv', 'json']).optional(),
});

/** Of early years, what lies before may have no year that RFC 3339 can write. What is no time at all is said elsewhere. */
const isOfNow = (value: string) => !(Date.parse(value) < 0);
const NOT_OF_NOW = 'must not be before 1970';

const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, 'must be a day, as 2026-11-29')
  .refine(
    value => DateTime.fromISO(value, { zone: 'utc' }).isValid,
    'is no day of the calendar',
  )
  .refine(isOfNow, NOT_OF_NOW);

export const calendarQuery = z.object({
  from: day.optional(),
  to: day.optional(),
  timeZone: z
    .string()
    .max(64)
    .refine(
      value => IANAZone.isValidZone(value),
      'is no time zone; write an IANA name, as Europe/Paris',
    )
    .optional(),
});

const moment = z
  .string()
  .datetime({
    offset: true,
    message: 'must be a time in RFC 3339, as 2026-11-29T02:00:00Z',
  })
  .refine(isOfNow, NOT_OF_NOW)
  .transform(value => new Date(value).toISOString());

export const chartQuery = z.object({
  from: moment.optional(),
  to: moment.optional(),
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
  .object({ 'idempotency-key': text.refine(...atMost(200)).optional() })
  .transform(headers => headers['idempotency-key']);

const jobName = z
  .string()
  .min(1)
  .refine(...atMost(63));

const ACTIONS = [
  'bootstrap',
  'rerun',
  'backup',
  'drill',
  'suspend',
  'resume',
] as const;
const JOB_ACTIONS: readonly string[] = ['bootstrap', 'rerun'];
/** A hostile body can have thousands. */
const KEYS_NAMED = 10;

export const operationBody = z
  .object({
    action: z.enum(ACTIONS, {
      errorMap: () => ({
        message: `must be one of ${ACTIONS.join(', ')}`,
      }),
    }),
    jobs: z
      .union([z.enum(['all', 'failed']), z.array(jobName).min(1).max(50)], {
        errorMap: () => ({
          message: "must be 'all', 'failed' or a list of 1 to 50 job names",
        }),
      })
      .optional(),
    backup: jobName.optional(),
    // PostgreSQL's text cannot hold it.
    reason: z
      .string()
      .refine(...atMost(500))
      .refine(value => !value.includes('\0'), 'must not hold U+0000')
      .optional(),
    dryRun: z.boolean().optional(),
  })
  .strict()
  .superRefine(({ action, backup, dryRun, jobs, reason }, context) => {
    const problem = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (!JOB_ACTIONS.includes(action)) {
      if (backup === undefined) {
        problem(
          'backup',
          `is needed with '${action}': the name of a backup, as backup-postgres`,
        );
      }
      if (jobs !== undefined) {
        problem('jobs', `does not go with '${action}'`);
      }
      // Who only looks has none yet.
      if (action === 'suspend' && !dryRun && !reason?.trim()) {
        problem(
          'reason',
          "is needed with 'suspend': whoever finds the schedule paused will want to know why",
        );
      }
      return;
    }
    if (backup !== undefined) {
      problem('backup', `does not go with '${action}'`);
    }
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
