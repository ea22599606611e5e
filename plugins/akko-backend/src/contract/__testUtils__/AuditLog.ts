import {
  coreServices,
  createServiceFactory,
  type AuditorService,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';

/** One audit event of the plugin `akko`, with its end. */
export interface AuditedEvent {
  eventId: string;
  severity?: string;
  end: 'succeeded' | 'failed';
  meta: JsonObject;
  error?: string;
}

/** Hears what the plugin `akko` audits. */
export class AuditLog {
  readonly events: AuditedEvent[] = [];

  readonly factory = createServiceFactory({
    service: coreServices.auditor,
    deps: { plugin: coreServices.pluginMetadata },
    factory: ({ plugin }): AuditorService => ({
      createEvent: async ({ eventId, meta = {}, severityLevel: severity }) => {
        const end = async (
          how: AuditedEvent['end'],
          more: JsonObject = {},
          error?: Error,
        ) => {
          if (plugin.getId() === 'akko') {
            this.events.push({
              eventId,
              severity,
              end: how,
              meta: { ...meta, ...more },
              error: error?.message,
            });
          }
        };
        return {
          success: options => end('succeeded', options?.meta),
          fail: options => end('failed', options.meta, options.error),
        };
      },
    }),
  });

  /** Forgets what was heard. */
  clear(): void {
    this.events.length = 0;
  }
}
