import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { AkkoStep, type ActionOptions } from '../task/AkkoStep';
import { examples } from './createBackupAction.examples';
import { runBackup } from './runBackup';
import { writeOutputs } from './writeOutputs';

/**
 * The action `akko:backup`: takes backups of an AKKO instance through the portal, waits for their end, and tells what they are worth.
 * @public
 */
export function createBackupAction(options: ActionOptions) {
  return createTemplateAction({
    id: 'akko:backup',
    description:
      'Takes backups of an AKKO instance now, waits for their end and tells size, place and how far each is verified. It does nothing that whoever starts the template may not do in the portal.',
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
        backup: z =>
          z
            .string({
              description:
                "Which backup, as backup-postgres; 'all' (default): every one that is on in the chart, side by side",
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
            .enum(['fail', 'wait'], {
              description:
                "When a run of the same backup is going on: 'fail' (default), or 'wait' for its end and take one then",
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
                'How long to wait for the end: seconds, 30m or { minutes: 30 }. 2 hours if left out. What was asked for goes on after that',
            })
            .optional(),
      },
      output: {
        instance: z =>
          z.string({ description: 'The instance: cluster/namespace/release' }),
        link: z => z.string({ description: 'Its backups in the portal' }),
        state: z =>
          z.enum(['succeeded', 'accepted', 'planned'], {
            description:
              'accepted: not waited for; planned: dry run; a failure ends the step instead',
          }),
        message: z => z.string({ description: 'The outcome in one sentence' }),
        backups: z =>
          z.array(
            z.object({
              backup: z.string(),
              operation: z.string({ description: 'Operation id' }),
              outcome: z.enum([
                'succeeded',
                'failed',
                'skipped',
                'unknown',
                'accepted',
              ]),
              run: z.string({ description: 'Run id' }).optional(),
              durationSeconds: z.number().optional(),
              bytes: z.number().optional(),
              items: z
                .number({ description: 'Databases or buckets' })
                .optional(),
              location: z.string().optional(),
              level: z
                .enum(['none', 'checksum', 'readable', 'restored'], {
                  description: 'How far it is proven that it can be used',
                })
                .optional(),
            }),
            { description: 'The backups that were taken' },
          ),
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
      writeOutputs(ctx, await runBackup(step, ctx.input));
    },
  });
}
