import type { ReportChange } from '@akko/backstage-plugin-akko-common';
import type { Log } from './Log';

/** The object that a change is about. */
export interface ChangedObject {
  /** Kind in words of its field: `database`, `bucket`, `realm role`. */
  kind: string;
  name: string;
  /** Something worth knowing about it. */
  note?: string;
}

/** What the work of a change came to, when it is not what was planned: somebody else was quicker, or the service cannot do it. */
export type ChangeOutcome =
  | void
  | 'unchanged'
  | { action: 'unchanged' | 'skipped' | 'updated'; note: string };

const LOG_WORDS = {
  created: 'created  ',
  updated: 'updated  ',
  unchanged: 'unchanged',
  skipped: 'skipped  ',
} as const;

/** Collects what a job found and did. In a plan nothing is done, and what would be done is told. */
export class Changes {
  readonly list: ReportChange[] = [];

  constructor(
    private readonly log: Log,
    /** Whether only a plan is asked for. */
    readonly plan: boolean,
  ) {}

  /** It is there as it should be, or somebody changed it on purpose: it stays. */
  unchanged(object: ChangedObject): void {
    this.record(object, 'unchanged');
  }

  /** It cannot or should not be made now; the note says why. */
  skipped(object: ChangedObject & { note: string }): void {
    this.record(object, 'skipped');
  }

  /** Makes what is missing. */
  async create(
    object: ChangedObject,
    work: () => Promise<ChangeOutcome>,
  ): Promise<void> {
    await this.change(object, 'created', work);
  }

  /** Completes what is there. */
  async update(
    object: ChangedObject,
    work: () => Promise<ChangeOutcome>,
  ): Promise<void> {
    await this.change(object, 'updated', work);
  }

  private async change(
    object: ChangedObject,
    action: 'created' | 'updated',
    work: () => Promise<ChangeOutcome>,
  ): Promise<void> {
    const outcome = this.plan ? undefined : await work();
    if (!outcome) {
      this.record(object, action);
    } else if (outcome === 'unchanged') {
      this.record(object, 'unchanged');
    } else {
      this.record({ ...object, note: outcome.note }, outcome.action);
    }
  }

  private record(
    { kind, name, note }: ChangedObject,
    action: ReportChange['action'],
  ): void {
    this.list.push({ kind, name, action, ...(note && { note }) });
    const isPlanned =
      this.plan && (action === 'created' || action === 'updated');
    this.log.info(
      `${isPlanned ? `would be ${action}` : LOG_WORDS[action]} ${kind} ${name}${
        note ? ` (${note})` : ''
      }`,
      { kind, name, action, ...(note && { note }), plan: this.plan },
    );
  }
}
