import {
  type Backup,
  type BackupCalendar,
  type BackupChart,
  type BackupEntry,
  type BackupEntryList,
  type BackupGap,
  type Finding,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import { DateTime } from 'luxon';
import { AkkoError } from '../errors';
import { calendarDays } from './calendar';
import type {
  BackupRef,
  EntryFilter,
  LedgerEntry,
  LedgerStore,
} from './ledger/types';
import type { ScheduleHistory } from './ScheduleHistory';

const DAY = 24 * 60 * 60_000;
/** Days of a calendar. */
const MOST_DAYS = 400;
/** Runs that a calendar reads: one every quarter of an hour for six months. Of more, the newest days are told. */
const MOST_CALENDAR_RUNS = 18_000;
const CHART_DAYS = 90;
/** More points than a chart has pixels help nobody. */
const MOST_POINTS = 500;
/** Gaps that a page tells. */
const MOST_GAPS = 20;
/** Entries that an export reads at once. */
const EXPORT_PAGE = 200;
/** A run begins some time after it was due. */
const BEGINS_WITHIN = 60 * 60_000;

/** What {@link LedgerService} is made of. */
export interface LedgerServiceOptions {
  store: LedgerStore;
  schedules: Pick<ScheduleHistory, 'dueIn'>;
  findings: {
    ofRuns(runs: readonly string[]): Promise<Map<string, Finding[]>>;
  };
  now(): number;
}

/** The ledger as the API tells it: entries, gaps, calendar and chart. */
export class LedgerService {
  constructor(private readonly options: LedgerServiceOptions) {}

  /** A page, newest first, with the gaps in it. */
  async entries(
    instance: InstanceRef,
    backup: string,
    filter: EntryFilter,
    page: { limit: number; cursor?: string },
  ): Promise<BackupEntryList> {
    const ref = { instance, backup };
    const { after, items, nextCursor } = await this.options.store.page(
      ref,
      filter,
      page,
    );
    const isWhole = Object.values(filter).every(value => value === undefined);
    const [withFindings, gaps] = await Promise.all([
      this.withFindings(items),
      isWhole
        ? this.gapsOf(ref, {
            from: nextCursor ? items[items.length - 1].createdAt : '',
            to: after ?? new Date(this.options.now()).toISOString(),
          })
        : [],
    ]);
    return { items: withFindings, gaps, nextCursor };
  }

  /** Everything that matches, page by page. */
  async *export(
    instance: InstanceRef,
    backup: string,
    filter: EntryFilter,
  ): AsyncGenerator<BackupEntry[], void, void> {
    let cursor: string | undefined;
    do {
      const page = await this.options.store.page({ instance, backup }, filter, {
        limit: EXPORT_PAGE,
        cursor,
      });
      yield await this.withFindings(page.items);
      cursor = page.nextCursor;
    } while (cursor);
  }

  /** @throws AkkoError `invalid-request` for days in the wrong order, or too many */
  async calendar(
    instance: InstanceRef,
    backup: Backup,
    query: { from?: string; to?: string; timeZone?: string },
  ): Promise<BackupCalendar> {
    const timeZone = query.timeZone ?? backup.timeZone ?? 'Etc/UTC';
    const now = DateTime.fromMillis(this.options.now(), { zone: timeZone });
    const to = query.to
      ? DateTime.fromISO(query.to, { zone: timeZone })
      : now.startOf('day');
    const from = query.from
      ? DateTime.fromISO(query.from, { zone: timeZone })
      : to.minus({ months: 6 }).plus({ days: 1 });
    if (from > to || to.diff(from, 'days').days > MOST_DAYS) {
      const message = `must be at most ${MOST_DAYS} days before 'to', and not after it`;
      throw new AkkoError(
        'invalid-request',
        `The calendar: 'from' ${message}.`,
        {
          details: [{ field: 'from', message }],
        },
      );
    }
    const ref = { instance, backup: backup.name };
    const start = from.toUTC().toISO()!;
    const end = to.plus({ days: 1 }).toUTC().toISO()!;
    const overdue = Math.min(
      Date.parse(end) - 1,
      now.toMillis() - (backup.target?.graceSeconds ?? 0) * 1000,
    );
    const [runs, due, gaps] = await Promise.all([
      this.options.store.calendar(
        ref,
        { from: start, to: end },
        MOST_CALENDAR_RUNS,
      ),
      this.options.schedules.dueIn(
        ref,
        // What is due at midnight belongs to the day that begins.
        new Date(Date.parse(start) - 1),
        new Date(overdue),
      ),
      this.options.store.gaps(
        instance.cluster,
        { from: start, to: end },
        MOST_DAYS,
      ),
    ]);
    const first =
      runs.length < MOST_CALENDAR_RUNS
        ? from
        : // Of that day some runs may be left out.
          DateTime.fromISO(runs[0].createdAt, { zone: timeZone })
            .startOf('day')
            .plus({ days: 1 });
    const firstMoment = first.toUTC().toISO()!;
    const days = { from: first.toISODate()!, to: to.toISODate()! };
    return {
      ...days,
      timeZone,
      days: calendarDays({
        ...days,
        timeZone,
        runs: runs.filter(({ createdAt }) => createdAt >= firstMoment),
        due: due.filter(time => time >= first.toJSDate()),
        gaps,
      }),
    };
  }

  /** @throws AkkoError `invalid-request` when `from` is not before `to` */
  async chart(
    instance: InstanceRef,
    backup: string,
    query: { from?: string; to?: string },
  ): Promise<BackupChart> {
    const to = query.to ?? new Date(this.options.now()).toISOString();
    const from =
      query.from ?? new Date(Date.parse(to) - CHART_DAYS * DAY).toISOString();
    if (from >= to) {
      const message = "must be before 'to'";
      throw new AkkoError('invalid-request', `The chart: 'from' ${message}.`, {
        details: [{ field: 'from', message }],
      });
    }
    const range = { from, to };
    return {
      ...range,
      ...(await this.options.store.chart(
        { instance, backup },
        range,
        MOST_POINTS,
      )),
    };
  }

  /** Gaps that ended in a range, so that each is on one page, and in which a run was due that has no entry. */
  private async gapsOf(
    ref: BackupRef,
    range: { from: string; to: string },
  ): Promise<BackupGap[]> {
    const gaps = await this.options.store.gaps(
      ref.instance.cluster,
      range,
      MOST_GAPS,
    );
    const ended = gaps.filter(({ to }) => to > range.from && to <= range.to);
    const told = await Promise.all(
      ended.map(async gap => {
        const [times, seen] = await Promise.all([
          this.options.schedules.dueIn(
            ref,
            new Date(gap.from),
            new Date(gap.to),
          ),
          this.options.store.scheduledIn(ref, {
            from: gap.from,
            to: new Date(Date.parse(gap.to) + BEGINS_WITHIN).toISOString(),
          }),
        ]);
        const known = new Set(seen.map(time => Date.parse(time)));
        const missed = times.filter(time => !known.has(time.getTime())).length;
        return { ...gap, missed };
      }),
    );
    return told.filter(({ missed }) => missed > 0);
  }

  private async withFindings(
    items: readonly LedgerEntry[],
  ): Promise<BackupEntry[]> {
    const findings = await this.options.findings.ofRuns(
      items.filter(({ state }) => state !== 'succeeded').map(({ id }) => id),
    );
    return items.map(item => ({
      ...item,
      findings: (findings.get(item.id) ?? []).map(
        ({ id, rule, severity, title, cause, job, causeKey, openedAt }) => ({
          id,
          rule,
          severity,
          title,
          cause,
          job,
          causeKey,
          openedAt,
        }),
      ),
    }));
  }
}
