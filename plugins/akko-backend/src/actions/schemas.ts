import {
  FINDING_SEVERITIES,
  INSTANCE_HEALTHS,
  type Operation,
  type OperationPlan,
} from '@akko/backstage-plugin-akko-common';
import type { z as Zod } from 'zod/v3';

type Z = typeof Zod;

/** Address of an instance, as input. */
export const instanceInput = (z: Z) =>
  z
    .string()
    .regex(
      /^[^/]+\/[^/]+\/[^/]+$/,
      'must be cluster/namespace/release, as list-instances tells it',
    )
    .describe('Ref of the instance, cluster/namespace/release');

/** How many of a list, as input. */
export const pageInput = (z: Z) => ({
  limit: z
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .describe('How many at most'),
  cursor: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('nextCursor of the page before'),
});

/** What goes with everything that changes something. */
export const changeInput = (z: Z) => ({
  reason: z
    .string()
    .max(500)
    .optional()
    .describe('Why, for people who look at it later. No secrets'),
  dryRun: z
    .boolean()
    .default(false)
    .describe('Only tell what would happen; nothing is done'),
  idempotencyKey: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'A text of your choice, the same when a request is repeated: the repetition answers with the first operation instead of another one',
    ),
  waitSeconds: z
    .number()
    .int()
    .min(0)
    .max(60)
    .default(0)
    .describe(
      'Answer when it has ended, or after that time; follow a longer one with get-operation',
    ),
});

/** A finding in a few words. */
export const findingOutput = (z: Z) =>
  z.object({
    id: z.string(),
    rule: z.string(),
    severity: z.enum(FINDING_SEVERITIES),
    title: z.string(),
    cause: z.string().optional(),
  });

/** An instance of a list. */
export const summaryOutput = (z: Z) =>
  z.object({
    ref: z.string(),
    title: z.string(),
    cluster: z.string(),
    sandbox: z.boolean().describe('A simulation'),
    stale: z
      .boolean()
      .describe('Its cluster does not answer: this is from the last contact'),
    health: z.enum(INSTANCE_HEALTHS),
    headline: z.string(),
    permissions: z
      .array(z.string())
      .describe('What you may do on it, as akko.job.run'),
    topFinding: findingOutput(z).optional(),
    link: z.string().describe('Page of the instance in the portal'),
  });

/** What became of a request, or what would become of it. */
export const operationOutput = (z: Z) =>
  z.object({
    operation: z
      .object({
        id: z.string(),
        instance: z.string(),
        action: z.string(),
        state: z.enum([
          'queued',
          'running',
          'succeeded',
          'failed',
          'cancelled',
        ]),
        requestedBy: z.string(),
        requestedAt: z.string(),
        finishedAt: z.string().optional(),
        steps: z.array(
          z.object({
            job: z.string(),
            state: z.string(),
            run: z.string().optional().describe('Run id, for get-run-log'),
            error: z.string().optional(),
          }),
        ),
        error: z.object({ code: z.string(), message: z.string() }).optional(),
      })
      .optional()
      .describe('Absent after a dry run'),
    plan: z
      .object({
        steps: z.array(
          z.object({
            job: z.string(),
            wave: z.number(),
            replaces: z.boolean(),
          }),
        ),
        warnings: z.array(z.string()),
      })
      .optional()
      .describe('Only after a dry run'),
    link: z.string().describe('Page of the instance in the portal'),
  });

/** An operation without what only the portal shows. */
export function operationOf(operation: Operation) {
  return {
    ...operation,
    steps: operation.steps.map(({ error, job, run, state }) => ({
      job,
      state,
      run,
      error,
    })),
  };
}

/** A plan without its manifests. */
export function planOf({ steps, warnings }: OperationPlan) {
  return {
    steps: steps.map(({ job, replaces, wave }) => ({ job, wave, replaces })),
    warnings,
  };
}
