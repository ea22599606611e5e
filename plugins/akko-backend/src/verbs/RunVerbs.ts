import {
  akkoInstanceReadPermission,
  akkoLogReadPermission,
  maskManifest,
  parseInstanceRef,
  type AkkoPermission,
  type Run,
  type RunDetail,
} from '@akko/backstage-plugin-akko-common';
import { validate as isId } from 'uuid';
import { stringify } from 'yaml';
import { notAllowed, type Caller } from '../access';
import type { FindingStore } from '../diagnosis';
import { AkkoError } from '../errors';
import type { RunStore } from '../runs/types';
import type { Entrance } from './Entrance';
import type { LogQuery, RunLogs, SentLog } from './RunLogs';

/** What {@link RunVerbs} works with. */
export interface RunVerbsOptions {
  entrance: Entrance;
  runs: RunStore;
  findings: Pick<FindingStore, 'ofRun'>;
  logs: RunLogs;
}

/** Reading of runs. All throw AkkoError `unknown-run`. */
export class RunVerbs {
  constructor(private readonly options: RunVerbsOptions) {}

  async get(caller: Caller, id: string): Promise<RunDetail> {
    const { findings, runs } = this.options;
    return this.reading(
      caller,
      'run-fetch',
      akkoInstanceReadPermission,
      id,
      async run => {
        const [detail, found] = await Promise.all([
          runs.detail(run.id),
          findings.ofRun(run.id),
        ]);
        // Retention may take it in between.
        if (!detail) {
          throw unknownRun(id);
        }
        return { ...detail, findings: found };
      },
    );
  }

  /** The log of an attempt; with `follow`, in pieces until the signal aborts or the container ends. */
  async log(
    caller: Caller,
    id: string,
    query: LogQuery,
    signal: AbortSignal,
  ): Promise<SentLog> {
    return this.reading(caller, 'log-fetch', akkoLogReadPermission, id, run =>
      this.options.logs.read(run, query, signal),
    );
  }

  /** The Job as archived, YAML, secrets masked. */
  async manifest(caller: Caller, id: string): Promise<string> {
    return this.reading(
      caller,
      'manifest-fetch',
      akkoLogReadPermission,
      id,
      async ({ id: known, jobName }) => {
        const manifest = await this.options.runs.readManifest(known);
        if (!manifest) {
          throw new AkkoError(
            'unknown-run',
            `The manifest of Job ${jobName} was not kept: the Job was gone before the portal saw it.`,
          );
        }
        return stringify(maskManifest(manifest));
      },
    );
  }

  private async reading<Result>(
    caller: Caller,
    eventId: string,
    permission: AkkoPermission,
    id: string,
    act: (run: Run) => Promise<Result>,
  ): Promise<Result> {
    const { entrance, runs } = this.options;
    return entrance.audited(
      caller,
      { eventId, meta: { run: id } },
      async audit => {
        // Whoever may read nothing is not told which runs there are.
        const access = await entrance.access.somewhere(
          caller.credentials,
          permission,
        );
        const run = isId(id) ? await runs.get(id) : undefined;
        if (!run) {
          throw unknownRun(id);
        }
        audit({ instance: run.instance });
        if (!access.includes(parseInstanceRef(run.instance)!)) {
          throw notAllowed(permission);
        }
        return act(run);
      },
    );
  }
}

function unknownRun(id: string): AkkoError {
  return new AkkoError(
    'unknown-run',
    `There is no run '${id}' in the history. It may be older than the history is kept.`,
  );
}
