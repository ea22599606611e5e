// openapi-fetch calls its functions as HTTP calls its methods.
/* eslint new-cap: ['error', { capIsNewExceptions: ['GET', 'POST'] }] */
import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../generated/schema';
import { parseInstanceRef } from '../instanceRef';
import type {
  BackupCalendar,
  BackupChart,
  BackupEntryList,
  BackupFreshness,
  BackupOrigin,
  ClusterList,
  FindingList,
  FindingSeverity,
  FleetBackupList,
  Instance,
  InstanceHealth,
  InstanceList,
  Operation,
  OperationList,
  OperationPlan,
  OperationRequest,
  RunDetail,
  RunList,
  RunState,
  UpgradeList,
  VerificationLevel,
} from '../types';
import { AkkoApiError } from './AkkoApiError';

/** What the client needs of the world; Backstage's `discoveryApi` and `fetchApi` fit, and so do a backend's. @public */
export interface AkkoClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi: { fetch: typeof fetch };
}

/** A page of a list. @public */
export interface PageOptions {
  /** 1 to 200; 50 if left out. */
  limit?: number;
  /** `nextCursor` of the page before. */
  cursor?: string;
}

/** Which instances to list. @public */
export interface InstanceQuery extends PageOptions {
  cluster?: string;
  namespace?: string;
  health?: InstanceHealth;
  /** Of the worst backup. */
  freshness?: BackupFreshness;
  /** Text that ref, title or entity ref contains. */
  q?: string;
  /** `attention` if left out: worst health first. `protection`: least protected by backups first. */
  order?: 'attention' | 'protection';
}

/** Which backups of the fleet to list. @public */
export interface FleetBackupQuery extends PageOptions {
  cluster?: string;
  freshness?: BackupFreshness;
}

/** Which entries of a ledger. @public */
export interface BackupEntryFilter {
  state?: RunState;
  origin?: BackupOrigin;
  /** Proven at least to this level. */
  level?: VerificationLevel;
  /** Only those that are still there. */
  kept?: boolean;
}

/** Which findings to list. @public */
export interface FindingQuery extends PageOptions {
  severity?: FindingSeverity;
  /** Id of a rule, as `password-mismatch`. */
  rule?: string;
  cluster?: string;
  /** Also the groups of what has the same cause. */
  group?: 'cause';
}

/** Which part of a log. @public */
export interface LogOptions {
  /** The last attempt if left out. */
  attempt?: number;
  /** Only that many last lines. */
  tail?: number;
  signal?: AbortSignal;
}

/** A log and where it came from. @public */
export interface RunLog {
  text: string;
  source: 'pod' | 'archive';
}

/**
 * The typed client of the AKKO API. Instances are addressed by their ref, `cluster/namespace/release`.
 * Every method throws {@link AkkoApiError} for an answer that is an error, and a TypeError when the backend cannot be reached.
 * @public
 */
export class AkkoClient {
  constructor(private readonly options: AkkoClientOptions) {}

  /** Every configured cluster and its contact. */
  async clusters(): Promise<ClusterList> {
    return this.call(client => client.GET('/clusters'));
  }

  /** A page of instances, those that need attention first. */
  async instances(query: InstanceQuery = {}): Promise<InstanceList> {
    return this.call(client => client.GET('/instances', { params: { query } }));
  }

  /** One instance with its jobs and backups. */
  async instance(ref: string): Promise<Instance> {
    return this.call(client =>
      client.GET('/instances/{cluster}/{namespace}/{release}', {
        params: { path: pathOf(ref) },
      }),
    );
  }

  /** Runs of one job, newest first. */
  async runs(ref: string, job: string, query: PageOptions = {}) {
    return this.call<RunList>(client =>
      client.GET('/instances/{cluster}/{namespace}/{release}/jobs/{job}/runs', {
        params: { path: { ...pathOf(ref), job }, query },
      }),
    );
  }

  /** One run with attempts, report and events. */
  async run(id: string): Promise<RunDetail> {
    return this.call(client =>
      client.GET('/runs/{id}', { params: { path: { id } } }),
    );
  }

  /** The log of one attempt as it is now. */
  async log(id: string, options: LogOptions = {}): Promise<RunLog> {
    const response = await this.fetchLog(id, options, false);
    return {
      text: await response.text(),
      source:
        response.headers.get('x-akko-log-source') === 'pod' ? 'pod' : 'archive',
    };
  }

  /** The log of one attempt in pieces, as they are written, until the container ends. */
  async *followLog(
    id: string,
    options: LogOptions = {},
  ): AsyncGenerator<string, void, void> {
    const response = await this.fetchLog(id, options, true);
    const reader = response.body?.getReader();
    if (!reader) {
      return;
    }
    const decoder = new TextDecoder();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        const text = decoder.decode(value, { stream: !done });
        if (text) {
          yield text;
        }
        if (done) {
          return;
        }
      }
    } finally {
      await reader.cancel().catch(() => {});
    }
  }

  /** The Job as archived, YAML, secrets masked. */
  async manifest(id: string): Promise<string> {
    return this.call(client =>
      client.GET('/runs/{id}/manifest', {
        params: { path: { id } },
        parseAs: 'text',
      }),
    );
  }

  /** What was asked for on this instance, newest first. */
  async operations(ref: string, query: PageOptions = {}) {
    return this.call<OperationList>(client =>
      client.GET('/instances/{cluster}/{namespace}/{release}/operations', {
        params: { path: pathOf(ref), query },
      }),
    );
  }

  /** Installs and upgrades by Helm as the init jobs that they ran, newest first. */
  async upgrades(ref: string, query: PageOptions = {}) {
    return this.call<UpgradeList>(client =>
      client.GET('/instances/{cluster}/{namespace}/{release}/upgrades', {
        params: { path: pathOf(ref), query },
      }),
    );
  }

  /** Backups over the fleet, least protected first. */
  async fleetBackups(query: FleetBackupQuery = {}): Promise<FleetBackupList> {
    return this.call(client => client.GET('/backups', { params: { query } }));
  }

  /** The ledger of a backup, newest first. */
  async backupEntries(
    ref: string,
    backup: string,
    query: BackupEntryFilter & PageOptions = {},
  ): Promise<BackupEntryList> {
    return this.call(
      client =>
        client.GET(
          '/instances/{cluster}/{namespace}/{release}/backups/{backup}/entries',
          { params: { path: { ...pathOf(ref), backup }, query } },
        ) as Promise<{
          data?: BackupEntryList;
          error?: unknown;
          response: Response;
        }>,
    );
  }

  /** The whole ledger of a backup as a file. */
  async exportBackupEntries(
    ref: string,
    backup: string,
    format: 'csv' | 'json',
    query: BackupEntryFilter = {},
  ): Promise<Blob> {
    return this.call(client =>
      client.GET(
        '/instances/{cluster}/{namespace}/{release}/backups/{backup}/entries',
        {
          params: {
            path: { ...pathOf(ref), backup },
            query: { ...query, format },
          },
          parseAs: 'blob',
        },
      ),
    );
  }

  /**
   * One cell a day.
   * @param query - `from` and `to` are days, as 2026-11-29; the last six months if left out
   */
  async backupCalendar(
    ref: string,
    backup: string,
    query: { from?: string; to?: string; timeZone?: string } = {},
  ): Promise<BackupCalendar> {
    return this.call(client =>
      client.GET(
        '/instances/{cluster}/{namespace}/{release}/backups/{backup}/calendar',
        { params: { path: { ...pathOf(ref), backup }, query } },
      ),
    );
  }

  /**
   * Size and duration over time.
   * @param query - `from` and `to` in RFC 3339; the last 90 days if left out
   */
  async backupChart(
    ref: string,
    backup: string,
    query: { from?: string; to?: string } = {},
  ): Promise<BackupChart> {
    return this.call(client =>
      client.GET(
        '/instances/{cluster}/{namespace}/{release}/backups/{backup}/chart',
        { params: { path: { ...pathOf(ref), backup }, query } },
      ),
    );
  }

  /** Open findings over the fleet, worst first. */
  async findings(query: FindingQuery = {}): Promise<FindingList> {
    return this.call(client => client.GET('/findings', { params: { query } }));
  }

  /** @param options - `waitSeconds`: answer when the operation has ended, or after that time (at most 60) */
  async operation(
    id: string,
    options: { waitSeconds?: number; signal?: AbortSignal } = {},
  ): Promise<Operation> {
    return this.call(client =>
      client.GET('/operations/{id}', {
        params: { path: { id }, query: { wait: options.waitSeconds } },
        signal: options.signal,
      }),
    );
  }

  /**
   * Asks for a bootstrap, a re-run, a backup, a drill, or that a schedule is suspended or resumed.
   * @param options - `idempotencyKey`: the same key gets the same answer, so that a request may be repeated after a time-out
   */
  async request(
    ref: string,
    request: OperationRequest,
    options: { idempotencyKey?: string } = {},
  ): Promise<Operation> {
    return this.post(ref, { ...request, dryRun: false }, options);
  }

  /** What {@link AkkoClient.request} would do, with the exact manifests; nothing is done. */
  async plan(ref: string, request: OperationRequest): Promise<OperationPlan> {
    return this.post(ref, { ...request, dryRun: true }, {});
  }

  private async post<Result>(
    ref: string,
    body: OperationRequest,
    { idempotencyKey }: { idempotencyKey?: string },
  ): Promise<Result> {
    return this.call(
      client =>
        client.POST('/instances/{cluster}/{namespace}/{release}/operations', {
          params: {
            path: pathOf(ref),
            header: idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {},
          },
          body,
        }) as Promise<{ data?: Result; error?: unknown; response: Response }>,
    );
  }

  private async call<Result>(
    send: (
      client: Client<paths>,
    ) => Promise<{ data?: Result; error?: unknown; response: Response }>,
  ): Promise<Result> {
    const client = createClient<paths>({
      baseUrl: await this.options.discoveryApi.getBaseUrl('akko'),
      fetch: request => this.send(request),
    });
    const { data, error, response } = await send(client);
    if (!response.ok) {
      throw AkkoApiError.of(response.status, error);
    }
    return data as Result;
  }

  /** Backstage's fetch API builds a new Request from the one that it gets, which a body can stand only once: it gets the parts instead. */
  private async send(request: Request): Promise<Response> {
    const { headers, method, signal, url } = request;
    const body = method === 'GET' ? undefined : await request.text();
    return this.options.fetchApi.fetch(url, { method, headers, body, signal });
  }

  private async fetchLog(
    id: string,
    { attempt, tail, signal }: LogOptions,
    follow: boolean,
  ): Promise<Response> {
    const query = new URLSearchParams();
    if (attempt !== undefined) {
      query.set('attempt', String(attempt));
    }
    if (tail !== undefined) {
      query.set('tail', String(tail));
    }
    if (follow) {
      query.set('follow', 'true');
    }
    const baseUrl = await this.options.discoveryApi.getBaseUrl('akko');
    const response = await this.options.fetchApi.fetch(
      `${baseUrl}/runs/${encodeURIComponent(id)}/log?${query}`,
      { signal },
    );
    if (!response.ok) {
      const body = await response.json().catch(() => undefined);
      throw AkkoApiError.of(response.status, body);
    }
    return response;
  }
}

function pathOf(ref: string) {
  const parsed = parseInstanceRef(ref);
  if (!parsed) {
    throw new TypeError(
      `'${ref}' is no instance ref. Write cluster/namespace/release.`,
    );
  }
  return { ...parsed };
}
