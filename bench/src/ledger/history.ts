import type { Run } from '@akko/backstage-plugin-akko-common';
import { NOW, PERIOD } from './fleet';
import type { Ref } from './questions';
import type { Services } from './services';

/** As many runs as `GET jobs/{job}/runs` gives at once. */
const PAGE = 200;
const DAY = PERIOD.ordinary;

/** A question answered from the run history alone: read page by page, reports parsed, sorted out in the program. */
export interface Reading {
  /** As the same question to the ledger is called. */
  name: string;
  ask(services: Services, ref: Ref): Promise<unknown>;
}

/** Runs of a backup, newest first, until enough is known. */
async function read(
  { runs }: Services,
  { backup, instance }: Ref,
  goesOn: (run: Run) => boolean,
): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await runs.list({
      instance,
      name: backup,
      limit: PAGE,
      cursor,
    });
    if (!page.items.every(goesOn)) {
      return;
    }
    cursor = page.nextCursor;
  } while (cursor);
}

/** The first 50 runs that match. */
const first =
  (matches: (run: Run) => boolean): Reading['ask'] =>
  async (services, ref) => {
    const found: Run[] = [];
    await read(services, ref, run => {
      if (matches(run)) {
        found.push(run);
      }
      return found.length < 50;
    });
    return found;
  };

/** Size, level and state of each run of the last days. */
const since =
  (days: number): Reading['ask'] =>
  async (services, ref) => {
    const from = new Date(NOW - days * DAY).toISOString();
    const points: unknown[] = [];
    await read(services, ref, ({ createdAt, id, report, state }) => {
      const { bytes, level } = report?.backup ?? {};
      points.push({ id, createdAt, state, bytes, level });
      return createdAt >= from;
    });
    return points;
  };

/** What drills have restored, then the runs of those backups. */
const restored: Reading['ask'] = async (services, ref) => {
  const proven = new Set<string>();
  const drill = ref.backup.replace(/^backup-/, 'drill-');
  await read(services, { ...ref, backup: drill }, ({ report, state }) => {
    if (state === 'succeeded' && report?.backup) {
      proven.add(report.backup.id);
    }
    return true;
  });
  return first(({ report }) => proven.has(report?.backup?.id ?? ''))(
    services,
    ref,
  );
};

const isManual = ({ trigger }: Run) => trigger.type === 'portal';
const isFailed = ({ state }: Run) => state === 'failed';

/** Questions that the history can answer too. */
export const READINGS: Reading[] = [
  { name: 'first page of 50', ask: first(() => true) },
  { name: 'pages of state=failed', ask: first(isFailed) },
  {
    name: 'pages of state=failed and origin=manual',
    ask: first(run => isFailed(run) && isManual(run)),
  },
  { name: 'pages of level=restored', ask: restored },
  { name: 'calendar of 6 months', ask: since(182) },
  { name: 'chart of 1 year', ask: since(365) },
];
