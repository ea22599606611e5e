import type { LoggerService } from '@backstage/backend-plugin-api';
import { assertError } from '@backstage/errors';
import {
  SIGNAL_CHANNEL,
  stringifyInstanceRef,
  type AkkoSignal,
  type Operation,
} from '@akko/backstage-plugin-akko-common';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { Clock, Timer } from '../clusters/clock';
import type { Fleet } from '../clusters/types';
import type { FindingChange } from '../diagnosis';
import type { RunRecorder } from '../runs/types';
import { OnceEach } from './OnceEach';

/** Signals about the same thing within this time are one, in milliseconds. */
const COALESCE = 100;
/** More signals than this at once are told as one: at the first contact with a cluster everything is new. */
const MOST_SIGNALS = 25;
const WORDS: Record<Operation['action'], string> = {
  bootstrap: 'Bootstrap',
  rerun: 'Re-run',
  backup: 'Backup',
  drill: 'Restore drill',
  suspend: 'Pause',
  resume: 'Resumption',
};

/** Where changes come from, and who is told. */
export interface NoticesOptions {
  fleet: Fleet;
  instances: {
    onInstanceChanged(
      listener: (ref: Parameters<typeof stringifyInstanceRef>[0]) => void,
    ): () => void;
  };
  recorder: Pick<RunRecorder, 'onRunChanged'>;
  diagnosis: {
    onFindingChanged(listener: (change: FindingChange) => void): () => void;
  };
  operations: {
    onOperationChanged(listener: (operation: Operation) => void): () => void;
  };
  signals: SignalsService;
  notifications: NotificationService;
  clock: Clock;
  logger: LoggerService;
}

/** Tells browsers what changed (ids only), and people how their operation went. */
export class Notices {
  private readonly waiting = new Map<string, AkkoSignal>();
  /** Operations whose end was told: a change may be told more than once. */
  private readonly told = new OnceEach();
  private timer?: Timer;
  private unsubscribe: (() => void)[] = [];
  private isStopped = false;

  constructor(private readonly options: NoticesOptions) {}

  /** Does nothing after {@link Notices.stop}: a portal may be told to stop while it starts. */
  start(): void {
    if (this.isStopped) {
      return;
    }
    const { diagnosis, fleet, instances, operations, recorder } = this.options;
    this.unsubscribe = [
      fleet.subscribe({
        onClusterState: ({ name }) =>
          this.signal({ type: 'cluster-changed', cluster: name }),
      }),
      instances.onInstanceChanged(ref =>
        this.signal({
          type: 'instance-changed',
          instance: stringifyInstanceRef(ref),
        }),
      ),
      recorder.onRunChanged(({ id, instance }) =>
        this.signal({ type: 'run-changed', instance, run: id }),
      ),
      diagnosis.onFindingChanged(({ instance, finding: { run } }) => {
        if (run) {
          this.signal({
            type: 'run-changed',
            instance: stringifyInstanceRef(instance),
            run,
          });
        }
      }),
      operations.onOperationChanged(operation =>
        this.operationChanged(operation),
      ),
    ];
  }

  stop(): void {
    this.isStopped = true;
    this.unsubscribe.forEach(unsubscribe => unsubscribe());
    this.timer?.cancel();
  }

  private operationChanged(operation: Operation): void {
    const { id, instance } = operation;
    this.signal({ type: 'operation-changed', instance, operation: id });
    if (operation.finishedAt && this.told.first(id)) {
      this.notify(operation);
    }
  }

  private signal(signal: AkkoSignal): void {
    this.waiting.set(JSON.stringify(signal), signal);
    this.timer ??= this.options.clock.after(COALESCE, () => {
      this.timer = undefined;
      const signals: AkkoSignal[] =
        this.waiting.size > MOST_SIGNALS
          ? [{ type: 'fleet-changed' }]
          : [...this.waiting.values()];
      this.waiting.clear();
      for (const message of signals) {
        this.attempt('A signal', () =>
          this.options.signals.publish({
            recipients: { type: 'broadcast' },
            channel: SIGNAL_CHANNEL,
            message: { ...message },
          }),
        );
      }
    });
  }

  private notify(operation: Operation): void {
    const { action, backup, error, id, instance, requestedBy, state } =
      operation;
    if (!requestedBy.startsWith('user:')) {
      return;
    }
    const what = WORDS[action];
    const of = backup ? `${backup} of ${instance}` : instance;
    this.attempt('A notification', () =>
      this.options.notifications.send({
        recipients: { type: 'entity', entityRef: requestedBy },
        payload: {
          title: `${what} of ${of} ${state}`,
          description: error?.message,
          link: `/akko/${instance}?tab=activity`,
          severity: state === 'succeeded' ? 'normal' : 'high',
          topic: 'akko',
          scope: `akko:operation:${id}`,
        },
      }),
    );
  }

  private async attempt(
    what: string,
    send: () => Promise<void>,
  ): Promise<void> {
    try {
      await send();
    } catch (error) {
      assertError(error);
      this.options.logger.warn(`${what} could not be sent: ${error.message}`);
    }
  }
}
