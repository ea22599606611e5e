import {
  BACKUP_FRESHNESSES,
  FINDING_SEVERITIES,
  INSTANCE_HEALTHS,
} from '@akko/backstage-plugin-akko-common';
import { refInput } from './refInput';
import {
  findingOutput,
  instanceInput,
  operationOf,
  operationOutput,
  pageInput,
  summaryOutput,
} from './schemas';
import type { ActionOptions } from './types';

const attributes = { readOnly: true, destructive: false, idempotent: true };

/** How much of a log an answer holds, in lines. */
const MOST_LINES = 2000;

/** Registers what only reads. */
export function registerReadActions({
  actionsRegistry,
  door,
  linkOf,
  verbs,
}: ActionOptions): void {
  actionsRegistry.register({
    name: 'list-instances',
    title: 'List AKKO instances',
    description: `
Lists AKKO instances on all clusters, those that need attention first, with health, one sentence on their state, and totals by health.

When to use: to find the ref of an instance, or to answer "is everything all right?" and "what failed?".
Do not use it to learn why something failed: get-findings and get-instance tell that.
    `,
    attributes,
    schema: {
      input: z =>
        z.object({
          cluster: z.string().optional().describe('Only on this cluster'),
          health: z.enum(INSTANCE_HEALTHS).optional(),
          freshness: z
            .enum(BACKUP_FRESHNESSES)
            .optional()
            .describe('Only those whose worst backup is so'),
          text: z
            .string()
            .max(200)
            .optional()
            .describe('Only those whose ref, title or entity contains it'),
          ...pageInput(z),
        }),
      output: z =>
        z.object({
          items: z.array(summaryOutput(z)),
          totals: z.record(z.number()).describe('Instances by health'),
          nextCursor: z.string().optional(),
        }),
    },
    action: ({ credentials, input: { text, ...query } }) =>
      door.open('reads', credentials, async caller => {
        const list = await verbs.instances.list(caller, { ...query, q: text });
        return {
          ...list,
          items: list.items.map(item => ({ ...item, link: linkOf(item.ref) })),
        };
      }),
  });

  actionsRegistry.register({
    name: 'get-instance',
    title: 'Get an AKKO instance',
    description: `
Tells the state of one AKKO instance: its init jobs with their last runs, its backups with how fresh and how far proven they are, open findings, and
what is being done to it right now.

When to use: before anything is re-run, and afterwards to see whether it helped.
    `,
    attributes,
    schema: {
      input: z => z.object({ instance: instanceInput(z) }),
      output: z =>
        summaryOutput(z).extend({
          jobs: z.array(
            z.object({
              name: z.string(),
              state: z.string(),
              enabled: z.boolean(),
              lastRun: z
                .object({ id: z.string(), state: z.string() })
                .optional(),
              lastSuccessAt: z.string().optional(),
            }),
          ),
          backups: z.array(
            z.object({
              name: z.string(),
              freshness: z.enum(BACKUP_FRESHNESSES),
              lastGoodAt: z.string().optional(),
              lastVerifiedAt: z.string().optional(),
              nextRunAt: z.string().optional(),
            }),
          ),
          findings: z.array(findingOutput(z)),
          activeOperations: z.array(
            z.object({ id: z.string(), action: z.string(), state: z.string() }),
          ),
        }),
    },
    action: ({ credentials, input }) =>
      door.open('reads', credentials, async caller => {
        const instance = await verbs.instances.get(
          caller,
          refInput(input.instance),
        );
        return {
          ...instance,
          link: linkOf(instance.ref),
        };
      }),
  });

  actionsRegistry.register({
    name: 'list-runs',
    title: 'List runs of an AKKO job',
    description: `
Lists what ran of one init job, backup or drill of an AKKO instance, newest first: when, why, how it ended. Runs stay after Kubernetes has deleted the Job.

When to use: to see since when a job fails, or to find the id of a run for get-run-log.
    `,
    attributes,
    schema: {
      input: z =>
        z.object({
          instance: instanceInput(z),
          job: z
            .string()
            .min(1)
            .max(63)
            .describe('As minio-init, backup-postgres or drill-postgres'),
          ...pageInput(z),
        }),
      output: z =>
        z.object({
          items: z.array(
            z.object({
              id: z.string(),
              name: z.string(),
              state: z.string(),
              trigger: z.object({
                type: z.string(),
                by: z.string().optional(),
              }),
              createdAt: z.string(),
              finishedAt: z.string().optional(),
              durationSeconds: z.number().optional(),
              reason: z.string().optional(),
              message: z.string().optional(),
              exitCode: z.number().optional(),
            }),
          ),
          nextCursor: z.string().optional(),
        }),
    },
    action: ({ credentials, input: { instance, job, ...page } }) =>
      door.open('reads', credentials, caller =>
        verbs.instances.runs(caller, refInput(instance), job, page),
      ),
  });

  actionsRegistry.register({
    name: 'get-run-log',
    title: 'Get the log of a run',
    description: `
Gives the last lines of the log of one run of an AKKO job, from the pod while it is there and from the archive afterwards. Secrets are masked.

When to use: when the findings do not explain a failure. Look at get-findings first.
    `,
    attributes,
    schema: {
      input: z =>
        z.object({
          run: z.string().describe('Run id, as get-instance tells it'),
          attempt: z
            .number()
            .int()
            .min(1)
            .optional()
            .describe('The last one if left out'),
          lines: z.number().int().min(1).max(MOST_LINES).default(200),
        }),
      output: z =>
        z.object({ source: z.enum(['pod', 'archive']), text: z.string() }),
    },
    action: ({ credentials, input: { attempt, lines, run } }) =>
      door.open('reads', credentials, async caller => {
        const { content, source } = await verbs.runs.log(
          caller,
          run,
          { attempt, tail: lines, follow: false },
          new AbortController().signal,
        );
        return { source, text: String(content) };
      }),
  });

  actionsRegistry.register({
    name: 'get-findings',
    title: 'Get what is wrong, and why',
    description: `
Lists open findings of all AKKO instances, worst first. A finding is a diagnosed problem with its cause, the evidence, and steps to mend it.

When to use: for "why did it fail?" and "what is to be done?". Several instances with the same causeKey have one cause in common.
    `,
    attributes,
    schema: {
      input: z =>
        z.object({
          instance: instanceInput(z).optional(),
          cluster: z.string().optional(),
          severity: z.enum(FINDING_SEVERITIES).optional(),
          rule: z
            .string()
            .optional()
            .describe('Id of a rule, as password-mismatch'),
          ...pageInput(z),
        }),
      output: z =>
        z.object({
          items: z.array(
            findingOutput(z).extend({
              instance: z.string(),
              job: z.string().optional(),
              run: z.string().optional(),
              causeKey: z.string(),
              openedAt: z.string(),
              steps: z
                .array(z.object({ text: z.string() }).passthrough())
                .optional(),
            }),
          ),
          nextCursor: z.string().optional(),
        }),
    },
    action: ({ credentials, input: { instance, ...query } }) =>
      door.open('reads', credentials, async caller => {
        if (instance === undefined) {
          return verbs.instances.findings(caller, query);
        }
        const { findings } = await verbs.instances.get(
          caller,
          refInput(instance),
        );
        return {
          items: findings
            .filter(
              ({ rule, severity }) =>
                (!query.rule || query.rule === rule) &&
                (!query.severity || query.severity === severity),
            )
            .map(finding => ({ ...finding, instance })),
        };
      }),
  });

  actionsRegistry.register({
    name: 'list-backups',
    title: 'List AKKO backups',
    description: `
Lists the backups of all AKKO instances, least protected first: how fresh each is, when it was last good, when it was last verified, and what speaks against
relying on it.

When to use: for "are we protected?" and "when was the last good backup?".
    `,
    attributes,
    schema: {
      input: z =>
        z.object({
          cluster: z.string().optional(),
          freshness: z.enum(BACKUP_FRESHNESSES).optional(),
          ...pageInput(z),
        }),
      output: z =>
        z.object({
          items: z.array(
            z.object({
              instance: z.string(),
              backup: z.object({
                name: z.string(),
                freshness: z.enum(BACKUP_FRESHNESSES),
                lastGoodAt: z.string().optional(),
                lastVerifiedAt: z.string().optional(),
                concerns: z.array(
                  z.object({ type: z.string(), message: z.string() }),
                ),
              }),
            }),
          ),
          nextCursor: z.string().optional(),
        }),
    },
    action: ({ credentials, input }) =>
      door.open('reads', credentials, caller =>
        verbs.backups.list(caller, input),
      ),
  });

  actionsRegistry.register({
    name: 'get-operation',
    title: 'Get an AKKO operation',
    description: `
Tells how something that was asked for is going: a bootstrap, a re-run, a backup, a drill, or a schedule that is paused or resumed.

When to use: after bootstrap-instance, run-init-job, run-backup or run-drill, until its state is succeeded or failed.
    `,
    attributes,
    schema: {
      input: z =>
        z.object({
          operation: z.string().describe('Operation id'),
          waitSeconds: z
            .number()
            .int()
            .min(0)
            .max(60)
            .default(0)
            .describe('Answer when it has ended, or after that time'),
        }),
      output: operationOutput,
    },
    action: ({ credentials, input: { operation: id, waitSeconds } }) =>
      door.open('reads', credentials, async caller => {
        const operation = await verbs.operations.get(
          caller,
          id,
          waitSeconds,
          new AbortController().signal,
        );
        return {
          operation: operationOf(operation),
          link: linkOf(operation.instance),
        };
      }),
  });
}
