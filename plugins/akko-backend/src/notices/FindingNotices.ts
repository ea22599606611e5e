import type { LoggerService } from '@backstage/backend-plugin-api';
import { assertError } from '@backstage/errors';
import {
  stringifyInstanceRef,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Clock } from '../clusters/clock';
import type { FindingChange } from '../diagnosis';
import { EVENT_TOPIC } from './ChangeEvents';

/** What began longer ago was there before the portal looked, and is no news; in milliseconds. */
const RECENT = 900_000;

/** Where findings come from, and who is told. */
export interface FindingNoticesOptions {
  diagnosis: {
    onFindingChanged(listener: (change: FindingChange) => void): () => void;
  };
  /** Entity refs of those whom the instance belongs to. */
  ownersOf(instance: InstanceRef): readonly string[];
  /** Entity refs of those who are told of every finding: `akko.notifications.receivers`. */
  receivers: readonly string[];
  events: EventsService;
  notifications: NotificationService;
  clock: Clock;
  logger: LoggerService;
}

/**
 * Tells owners once of a new root finding, and in the same thread when more is known of it and when it is resolved; tells other plugins by an event. Every replica finds
 * the same; the one that wrote it tells.
 */
export class FindingNotices {
  private unsubscribe?: () => void;

  constructor(private readonly options: FindingNoticesOptions) {}

  start(): void {
    this.unsubscribe = this.options.diagnosis.onFindingChanged(change => {
      if (!change.told) {
        return;
      }
      if (change.type !== 'changed') {
        this.publish(change);
      }
      if (change.type !== 'changed' || change.explainedAnew) {
        this.notify(change);
      }
    });
  }

  stop(): void {
    this.unsubscribe?.();
  }

  private publish({ type, instance, finding }: FindingChange): void {
    this.attempt('An event', () =>
      this.options.events.publish({
        topic: EVENT_TOPIC,
        eventPayload: {
          type: `finding-${type}`,
          instance: stringifyInstanceRef(instance),
          finding: finding.id,
          rule: finding.rule,
          severity: finding.severity,
          job: finding.job,
        },
      }),
    );
  }

  private notify({ type, instance, finding }: FindingChange): void {
    const { cause, id, openedAt, resolvedAt, severity, title } = finding;
    const { clock, notifications, ownersOf, receivers } = this.options;
    const isNews = Date.parse(resolvedAt ?? openedAt) > clock.now() - RECENT;
    if (severity === 'info' || !isNews) {
      return;
    }
    const ref = stringifyInstanceRef(instance);
    this.attempt('A notification', async () => {
      const entityRef = [...new Set([...receivers, ...ownersOf(instance)])];
      if (entityRef.length === 0) {
        return;
      }
      await notifications.send({
        recipients: { type: 'entity', entityRef },
        payload: {
          title:
            type === 'resolved'
              ? `Resolved: ${title} (${ref})`
              : `${title} (${ref})`,
          description: cause,
          link: `/akko/${ref}?finding=${encodeURIComponent(id)}`,
          severity:
            type !== 'resolved' && severity === 'error' ? 'high' : 'normal',
          topic: 'akko',
          scope: `akko:finding:${id}`,
        },
      });
    });
  }

  private async attempt(
    what: string,
    send: () => Promise<void>,
  ): Promise<void> {
    try {
      await send();
    } catch (error) {
      assertError(error);
      this.options.logger.warn(
        `${what} about a finding could not be sent: ${error.message}`,
      );
    }
  }
}
