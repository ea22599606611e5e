import type { InstanceRef } from '@akko/backstage-plugin-akko-common';
import { AkkoError } from '../errors';
import type { Caller } from '../access';
import type { Wanted } from '../verbs/OperationVerbs';
import { refInput } from './refInput';
import {
  changeInput,
  instanceInput,
  operationOf,
  operationOutput,
  planOf,
} from './schemas';
import type { ActionOptions } from './types';

interface Change {
  dryRun: boolean;
  idempotencyKey?: string;
  waitSeconds: number;
}

/** Registers what changes something. */
export function registerChangeActions({
  actionsRegistry,
  door,
  linkOf,
  verbs: { operations },
}: ActionOptions): void {
  /** Asks for an operation, or for what it would do. */
  const ask = async (
    caller: Caller,
    instance: string,
    wanted: Wanted,
    { dryRun, idempotencyKey, waitSeconds }: Change,
  ) => {
    const ref: InstanceRef = refInput(instance);
    const link = linkOf(instance);
    if (dryRun) {
      return { plan: planOf(await operations.plan(caller, ref, wanted)), link };
    }
    const asked = await operations.request(caller, ref, wanted, idempotencyKey);
    const operation = await operations.ended(asked, waitSeconds);
    return { operation: operationOf(operation), link };
  };

  actionsRegistry.register({
    name: 'bootstrap-instance',
    title: 'Bootstrap an AKKO instance',
    description: `
Runs all enabled init jobs of an AKKO instance in the order of their dependencies: databases, buckets, catalogs, Keycloak clients and users, dashboards. The
jobs are idempotent: what is there stays as it is. Answers with the operation; follow it with get-operation.

When to use: after a fresh installation, or after something that the jobs create was lost.
Do not use it when one job failed: run-init-job runs that one and is quicker. Find the cause with get-findings first; without a change the same job fails again.
    `,
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ instance: instanceInput(z), ...changeInput(z) }),
      output: operationOutput,
    },
    action: ({ credentials, input: { instance, reason, ...change } }) =>
      door.open('changes', credentials, caller =>
        ask(caller, instance, { action: 'bootstrap', reason }, change),
      ),
  });

  actionsRegistry.register({
    name: 'run-init-job',
    title: 'Re-run init jobs of an AKKO instance',
    description: `
Runs init jobs of an AKKO instance again: some by name, or all that failed. Log and result of the run before are kept. Answers with the operation; follow it
with get-operation.

When to use: when the cause of a failure has been mended.
Do not use it to try whether it works this time: get-findings tells the cause, and without a change the same job fails again.
    `,
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          instance: instanceInput(z),
          jobs: z
            .union([
              z.enum(['failed', 'all']),
              z.array(z.string().min(1).max(63)).min(1).max(50),
            ])
            .describe('Names, as ["keycloak-clients"], or failed, or all'),
          ...changeInput(z),
        }),
      output: operationOutput,
    },
    action: ({ credentials, input: { instance, jobs, reason, ...change } }) =>
      door.open('changes', credentials, caller =>
        ask(caller, instance, { action: 'rerun', jobs, reason }, change),
      ),
  });

  actionsRegistry.register({
    name: 'run-backup',
    title: 'Take a backup now',
    description: `
Takes a backup of an AKKO instance now. When more are kept than the chart's retention says, the oldest is deleted, as after a scheduled one. Answers with the
operation; follow it with get-operation.

When to use: before a risky change, or when list-backups says that there is no good one.
    `,
    attributes: { readOnly: false, destructive: true, idempotent: false },
    schema: {
      input: z =>
        z.object({
          instance: instanceInput(z),
          backup: z.string().min(1).max(63).describe('As backup-postgres'),
          ...changeInput(z),
        }),
      output: operationOutput,
    },
    action: ({ credentials, input: { instance, backup, reason, ...change } }) =>
      door.open('changes', credentials, caller =>
        ask(caller, instance, { action: 'backup', backup, reason }, change),
      ),
  });

  actionsRegistry.register({
    name: 'run-drill',
    title: 'Prove that a backup can be restored',
    description: `
Restores the newest backup of an AKKO instance beside the data and compares. What is in use is not touched. Answers with the operation; follow it with
get-operation.

When to use: when list-backups says that a backup is not verified, or before something relies on it.
    `,
    attributes: { readOnly: false, destructive: false, idempotent: false },
    schema: {
      input: z =>
        z.object({
          instance: instanceInput(z),
          backup: z
            .string()
            .min(1)
            .max(63)
            .describe('Which backup is proven, as backup-postgres'),
          ...changeInput(z),
        }),
      output: operationOutput,
    },
    action: ({ credentials, input: { instance, backup, reason, ...change } }) =>
      door.open('changes', credentials, caller =>
        ask(caller, instance, { action: 'drill', backup, reason }, change),
      ),
  });

  actionsRegistry.register({
    name: 'set-backup-suspended',
    title: 'Pause or resume a backup',
    description: `
Pauses the schedule of a backup of an AKKO instance, or resumes it. While it is paused nothing is backed up on schedule. When it is that way already, nothing
is done and there is no operation in the answer.

When to use: to pause for maintenance of the service that is backed up, and to resume afterwards.
Do not use it to stop a backup that fails: then nobody is told any more.
    `,
    attributes: { readOnly: false, destructive: true, idempotent: true },
    schema: {
      input: z =>
        z.object({
          instance: instanceInput(z),
          backup: z.string().min(1).max(63).describe('As backup-postgres'),
          suspended: z.boolean().describe('true: pause; false: resume'),
          ...changeInput(z),
          reason: z
            .string()
            .max(500)
            .optional()
            .describe(
              'Needed to pause: whoever finds it paused will want to know why',
            ),
        }),
      output: operationOutput,
    },
    action: ({
      credentials,
      input: { instance, backup, reason, suspended, ...change },
    }) =>
      door.open('changes', credentials, async caller => {
        if (suspended && !change.dryRun && !reason?.trim()) {
          throw new AkkoError(
            'invalid-request',
            'A reason is needed to pause a backup: whoever finds it paused will want to know why.',
          );
        }
        const action = suspended ? 'suspend' : 'resume';
        try {
          return await ask(
            caller,
            instance,
            { action, backup, reason },
            change,
          );
        } catch (error) {
          if (error instanceof AkkoError && error.code === 'nothing-to-do') {
            return { link: linkOf(instance) };
          }
          throw error;
        }
      }),
  });
}
