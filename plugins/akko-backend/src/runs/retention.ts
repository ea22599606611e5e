import type {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import type { RunStore } from './types';

/** Days that ended runs are kept when the configuration says nothing. */
export const DEFAULT_RETENTION_DAYS = 180;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Deletes old runs from the history, on one replica at a time; the last run of a job stays. */
export async function scheduleRetention(options: {
  /** From the scheduler service, such as `scheduler.createScheduledTaskRunner({ frequency: { hours: 6 }, timeout: { minutes: 10 } })`. */
  runner: SchedulerServiceTaskRunner;
  store: RunStore;
  /** Old operations go with old runs. */
  operations?: { prune(before: Date): Promise<number> };
  /** So do findings that were resolved. */
  findings?: { prune(before: Date): Promise<number> };
  logger: LoggerService;
  /** Days; {@link DEFAULT_RETENTION_DAYS} when undefined. */
  days?: number;
  now?: () => Date;
}): Promise<void> {
  const { runner, store, operations, findings, logger } = options;
  const now = options.now ?? (() => new Date());
  const days = options.days ?? DEFAULT_RETENTION_DAYS;
  await runner.run({
    id: 'akko-run-retention',
    fn: async () => {
      const before = new Date(now().getTime() - days * DAY_MS);
      const deleted = await store.prune(before);
      await operations?.prune(before);
      await findings?.prune(before);
      if (deleted > 0) {
        logger.info(
          `Deleted ${deleted} runs that ended more than ${days} days ago`,
        );
      }
    },
  });
}
