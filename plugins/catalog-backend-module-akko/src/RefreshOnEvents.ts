import type { LoggerService } from '@backstage/backend-plugin-api';
import { assertError } from '@backstage/errors';
import type { EventParams, EventsService } from '@backstage/plugin-events-node';

const TOPIC = 'akko';
/** Types of events after which there are other instances than before. */
const TYPES = ['instance-appeared', 'instance-gone'];
/** A cluster that is seen for the first time tells of all its instances at once. */
const GATHERED_FOR = 2_000;

/**
 * Asks for a refresh soon after an instance appeared or went. Events of two seconds lead to one, and so does what happens while one is running.
 */
export class RefreshOnEvents {
  private timer?: NodeJS.Timeout;
  private isStopped = false;

  /** @param options - `trigger` asks for a run, on whichever replica; it throws a ConflictError while one is running */
  constructor(
    private readonly options: {
      events: EventsService;
      logger: LoggerService;
      trigger: () => Promise<void>;
    },
  ) {}

  async start(): Promise<void> {
    await this.options.events.subscribe({
      id: 'akko-entity-provider',
      topics: [TOPIC],
      onEvent: async event => this.hear(event),
    });
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private hear({ eventPayload }: EventParams): void {
    const { type } = (eventPayload ?? {}) as { type?: unknown };
    if (TYPES.some(each => each === type)) {
      this.refreshSoon();
    }
  }

  private refreshSoon(): void {
    if (this.isStopped) {
      return;
    }
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.refresh();
    }, GATHERED_FOR).unref();
  }

  private async refresh(): Promise<void> {
    const { logger, trigger } = this.options;
    try {
      await trigger();
    } catch (error) {
      assertError(error);
      if (error.name === 'ConflictError') {
        // The run that is on may have read the fleet before.
        this.refreshSoon();
        return;
      }
      logger.warn(
        `The catalog could not be told at once that AKKO instances appeared or went: ${error.message}. The next scheduled run sees it`,
      );
    }
  }
}
