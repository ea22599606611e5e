import type {
  AuditorService,
  AuditorServiceEventSeverityLevel,
} from '@backstage/backend-plugin-api';
import { assertError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Caller, InstanceAccess } from '../access';

/** What a verb adds to its audit event once it is known. */
export type Audit = (meta: JsonObject) => void;

/** What is written down of a request before it is decided on. */
export interface AskedFor {
  /** Id of the audit event. */
  eventId: string;
  severity?: AuditorServiceEventSeverityLevel;
  meta?: JsonObject;
}

/** What {@link Entrance} works with. */
export interface EntranceOptions {
  access: InstanceAccess;
  auditor: AuditorService;
}

/** The way that every verb takes, whichever door its caller came through: one audit event that says who asked, for what, and how it ended. */
export class Entrance {
  constructor(private readonly options: EntranceOptions) {}

  get access(): InstanceAccess {
    return this.options.access;
  }

  /** Carries a verb out and audits it; what it throws is audited and thrown on. */
  async audited<Result>(
    caller: Caller,
    { eventId, meta = {}, severity = 'low' }: AskedFor,
    act: (audit: Audit) => Promise<Result>,
  ): Promise<Result> {
    const { principal, request, via } = caller;
    const event = await this.options.auditor.createEvent({
      eventId,
      severityLevel: severity,
      request,
      // Without a request, the event's own actor is the plugin.
      meta: { ...meta, principal, via },
    });
    const outcome: JsonObject = {};
    try {
      const result = await act(more => Object.assign(outcome, more));
      await event.success({ meta: outcome });
      return result;
    } catch (error) {
      assertError(error);
      await event.fail({ error, meta: outcome });
      throw error;
    }
  }
}
