import { createHash } from 'node:crypto';
import type {
  AuditorService,
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { assertError } from '@backstage/errors';
import {
  parseInstanceRef,
  stringifyInstanceRef,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { BackupsConfig } from '../config';
import { AkkoError } from '../errors';
import type { InstanceService } from '../instances/types';
import type { OperationService } from '../operations/types';
import { expectationOf } from './expectations';
import { readSchedule } from './scheduleTimes';

/** Who asks for drills on a schedule of the configuration. */
export const DRILL_PRINCIPAL = 'plugin:akko';
/** A drill that is due for longer is not made up for: the next one comes, and nobody waits for a drill in the middle of the day. */
const MADE_UP_WITHIN = 60 * 60_000;

/** What {@link DrillScheduler} works with. */
export interface DrillSchedulerOptions {
  config: BackupsConfig;
  instances: Pick<InstanceService, 'list' | 'get'>;
  operations: Pick<OperationService, 'request'>;
  auditor: AuditorService;
  logger: LoggerService;
  now(): number;
}

/**
 * Asks for the restore drills that `akko.backups` has a schedule for. Each due time is asked for under a key of its own, so that two replicas, or one
 * that starts again, ask for it once.
 */
export class DrillScheduler {
  /** Asked for by this replica: every minute of the hour finds the same one due. */
  private readonly asked = new Set<string>();

  constructor(private readonly options: DrillSchedulerOptions) {}

  /** Looks every minute, on one replica at a time. */
  async start(runner: SchedulerServiceTaskRunner): Promise<void> {
    const { drill, overrides } = this.options.config;
    if (drill || overrides.some(rule => rule.drill)) {
      await runner.run({
        id: 'akko-restore-drills',
        fn: async () => this.askForDue(),
      });
    }
  }

  /** Asks for every drill that is due now. */
  async askForDue(): Promise<void> {
    const { items } = await this.options.instances.list({});
    for (const { ref } of items) {
      const instance = await this.options.instances.get(parseInstanceRef(ref)!);
      for (const backup of instance?.backups ?? []) {
        // Where the chart runs it by its own schedule, that is the one.
        if (backup.drill?.scheduledBy === 'portal') {
          await this.askIfDue(parseInstanceRef(ref)!, backup.name);
        }
      }
    }
  }

  private async askIfDue(ref: InstanceRef, backup: string): Promise<void> {
    const { auditor, config, logger, now, operations } = this.options;
    const { drill } = expectationOf(config, ref, backup);
    const read = drill && readSchedule(drill.cron, drill.timeZone);
    const due =
      read && 'schedule' in read && read.schedule.previous(new Date(now()));
    if (!due || now() - due.getTime() > MADE_UP_WITHIN) {
      return;
    }
    const at = due.toISOString();
    const instance = stringifyInstanceRef(ref);
    const key = keyOf(instance, backup, at);
    if (this.asked.has(key)) {
      return;
    }
    const event = await auditor.createEvent({
      eventId: 'operation-request',
      severityLevel: 'medium',
      meta: {
        actor: DRILL_PRINCIPAL,
        instance,
        action: 'drill',
        backup,
        due: at,
      },
    });
    try {
      const { id } = await operations.request(
        ref,
        { action: 'drill', backup, reason: `due at ${at} (akko.backups)` },
        {
          principal: DRILL_PRINCIPAL,
          via: 'schedule',
          idempotencyKey: key,
        },
      );
      this.asked.add(key);
      await event.success({ meta: { operation: id } });
    } catch (error) {
      assertError(error);
      await event.fail({ error });
      const isExpected =
        error instanceof AkkoError && error.code === 'already-running';
      logger[isExpected ? 'debug' : 'warn'](
        `The drill of ${backup} of ${instance} that was due at ${at} was not started: ${error.message}`,
      );
    }
  }
}

/** As long as any key may be, however long the names are. */
function keyOf(instance: string, backup: string, due: string): string {
  const hash = createHash('sha256').update(`${instance} ${backup} ${due}`);
  return `drill-${hash.digest('hex')}`;
}
