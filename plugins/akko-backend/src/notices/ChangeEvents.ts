import {
  stringifyInstanceRef,
  type InstanceRef,
  type Operation,
  type Run,
} from '@akko/backstage-plugin-akko-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { assertError } from '@backstage/errors';
import type { EventsService } from '@backstage/plugin-events-node';
import type { Clock } from '../clusters/clock';
import type { InstanceService } from '../instances/types';
import type { RunChange, RunRecorder } from '../runs/types';
import { OnceEach } from './OnceEach';

/** Topic of Backstage events about AKKO. */
export const EVENT_TOPIC = 'akko';

/** Older changes are no news, in milliseconds. */
const RECENT = 900_000;

/** Where changes come from, and where events go. */
export interface ChangeEventsOptions {
  instances: Pick<InstanceService, 'has' | 'refs'> & {
    onInstanceChanged(listener: (ref: InstanceRef) => void): () => void;
  };
  recorder: Pick<RunRecorder, 'onRunChanged'>;
  operations: {
    onOperationChanged(listener: (operation: Operation) => void): () => void;
  };
  events: EventsService;
  clock: Clock;
  logger: LoggerService;
}

/**
 * Publishes Backstage events: instances that appear and are gone, runs that start and end, operations that are asked for and end. They carry ids
 * and states; whoever hears one asks the API for more, which looks at permissions.
 */
export class ChangeEvents {
  private readonly told = new OnceEach();
  private readonly listed = new Set<string>();
  private unsubscribe: (() => void)[] = [];

  constructor(private readonly options: ChangeEventsOptions) {}

  /** Begins to listen. What is listed by now is no news. */
  start(): void {
    const { instances, operations, recorder } = this.options;
    instances.refs().forEach(ref => this.listed.add(stringifyInstanceRef(ref)));
    this.unsubscribe = [
      instances.onInstanceChanged(ref => this.instanceChanged(ref)),
      recorder.onRunChanged((run, change) => this.runChanged(run, change)),
      operations.onOperationChanged(operation =>
        this.operationChanged(operation),
      ),
    ];
  }

  stop(): void {
    this.unsubscribe.forEach(unsubscribe => unsubscribe());
  }

  private instanceChanged(ref: InstanceRef): void {
    const instance = stringifyInstanceRef(ref);
    const isListed = this.options.instances.has(ref);
    if (isListed === this.listed.has(instance)) {
      return;
    }
    if (isListed) {
      this.listed.add(instance);
    } else {
      this.listed.delete(instance);
    }
    this.publish({
      type: isListed ? 'instance-appeared' : 'instance-gone',
      instance,
    });
  }

  private runChanged(
    { createdAt, finishedAt, id, instance, kind, name, state }: Run,
    { previous, stored }: RunChange,
  ): void {
    // Every replica sees the change; the one that wrote it tells.
    if (!stored) {
      return;
    }
    const about = { instance, run: id, job: name, kind, state };
    if (finishedAt) {
      if (
        !previous?.finishedAt &&
        this.isRecent(finishedAt) &&
        this.told.first(`run-ended/${id}`)
      ) {
        this.publish({ type: 'run-ended', ...about });
      }
    } else if (
      !previous &&
      this.isRecent(createdAt) &&
      this.told.first(`run-started/${id}`)
    ) {
      this.publish({ type: 'run-started', ...about });
    }
  }

  private operationChanged(operation: Operation): void {
    const { action, backup, finishedAt, id, instance, requestedBy, state } =
      operation;
    const about = {
      instance,
      operation: id,
      action,
      ...(backup && { backup }),
      state,
      requestedBy,
    };
    if (state === 'queued' && this.told.first(`operation-requested/${id}`)) {
      this.publish({ type: 'operation-requested', ...about });
    }
    if (finishedAt && this.told.first(`operation-ended/${id}`)) {
      this.publish({ type: 'operation-ended', ...about });
    }
  }

  /** What happened long before the portal saw it, at its first start above all, is history. */
  private isRecent(time: string): boolean {
    return Date.parse(time) > this.options.clock.now() - RECENT;
  }

  private async publish(eventPayload: Record<string, string>): Promise<void> {
    try {
      await this.options.events.publish({ topic: EVENT_TOPIC, eventPayload });
    } catch (error) {
      assertError(error);
      this.options.logger.warn(
        `The event ${eventPayload.type} of ${eventPayload.instance} could not be sent: ${error.message}`,
      );
    }
  }
}
