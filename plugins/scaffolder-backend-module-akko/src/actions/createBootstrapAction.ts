import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { examples } from './createBootstrapAction.examples';
import { AkkoStep, type ActionOptions } from '../task/AkkoStep';
import { runBootstrap } from './runBootstrap';
import { writeOutputs } from './writeOutputs';

/**
 * The action `akko:bootstrap`: runs init jobs of an AKKO instance through the portal, waits for their end, and tells how each did.
 * @public
 */
export function createBootstrapAction(options: ActionOptions) {
  return createTemplateAction({
    id: 'akko:bootstrap',
    description:
      'Runs the init jobs of an AKKO instance (all, those that failed, or chosen ones), waits for their end and tells how each did. It does nothing that whoever starts the template may not do in the portal.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        instance: z =>
          z
            .string({
              description:
                'The instance: cluster/namespace/release. Give this or entityRef',
            })
            .optional(),
        entityRef: z =>
          z
            .string({
              description:
                'A catalog entity with the annotation akko.io/instance. Give this or instance',
            })
            .optional(),
        jobs: z =>
          z
            .union([z.enum(['all', 'failed']), z.array(z.string()).min(1)], {
              description:
                "'all' (default): the whole bootstrap; 'failed': those that failed, which succeeds if none did; or names, as minio-init",
            })
            .optional(),
        reason: z =>
          z
            .string({
              description:
                "Shown in the portal beside the operation; the task's id if left out",
            })
            .max(500)
            .optional(),
        ifRunning: z =>
          z
            .enum(['fail', 'join'], {
              description:
                "When init jobs are running already: 'fail' (default), or 'join': wait for them, let their outcome count for what they do, and run the rest after. With waitForInstance the default is 'join'",
            })
            .optional(),
        waitForInstance: z =>
          z
            .union([z.number(), z.string(), z.record(z.number())], {
              description:
                'How long to wait for an instance that is not there yet, as after `helm install`: seconds, 30m or { minutes: 30 }. 0 (default): not at all',
            })
            .optional(),
        wait: z =>
          z
            .boolean({
              description:
                'Wait for the end (default). If false, the step is done when the portal has accepted',
            })
            .optional(),
        timeout: z =>
          z
            .union([z.number(), z.string(), z.record(z.number())], {
              description:
                'How long to wait for the end: seconds, 30m or { minutes: 30 }. 30 minutes if left out. What was asked for goes on after that',
            })
            .optional(),
      },
      output: {
        instance: z =>
          z.string({ description: 'The instance: cluster/namespace/release' }),
        link: z =>
          z.string({ description: 'The page of the instance in the portal' }),
        operation: z =>
          z
            .string({
              description:
                'Id of the operation; absent where none was needed, and in a dry run',
            })
            .optional(),
        state: z =>
          z.enum(['succeeded', 'nothing-to-do', 'accepted', 'planned'], {
            description:
              'accepted: not waited for; planned: dry run; a failure ends the step instead',
          }),
        joined: z =>
          z.boolean({
            description: 'The outcome is of something that was running already',
          }),
        message: z => z.string({ description: 'The outcome in one sentence' }),
        jobs: z =>
          z.array(
            z.object({
              job: z.string(),
              outcome: z.enum(['succeeded', 'failed', 'skipped', 'unknown']),
              run: z.string({ description: 'Run id' }).optional(),
              durationSeconds: z.number().optional(),
              created: z.number().optional(),
              updated: z.number().optional(),
              unchanged: z.number().optional(),
              skipped: z.number().optional(),
              error: z.string().optional(),
            }),
            { description: 'How each job ended' },
          ),
        health: z =>
          z
            .enum(['failed', 'degraded', 'progressing', 'healthy', 'unknown'], {
              description: 'Of the instance, after',
            })
            .optional(),
        plan: z =>
          z
            .array(
              z.object({
                job: z.string(),
                wave: z.number(),
                jobName: z.string(),
                replaces: z.boolean(),
              }),
              { description: 'Dry run: what would be run' },
            )
            .optional(),
        warnings: z =>
          z
            .array(z.string(), {
              description: 'Dry run: what speaks against it',
            })
            .optional(),
      },
    },
    async handler(ctx) {
      const step = await AkkoStep.create(ctx, options);
      writeOutputs(ctx, await runBootstrap(step, ctx.input));
    },
  });
}
