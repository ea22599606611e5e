import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type {
  BackupEntry,
  Cluster,
  Instance,
  Operation,
  OperationRequest,
  OperationStep,
  Run,
} from '@akko/backstage-plugin-akko-common';
import type { FakeClock } from './FakeClock';
import { anEntry, aRun } from './instances';

/** An error as the API answers with. */
export interface Refusal {
  status: number;
  code?: string;
  message?: string;
  headers?: Record<string, string>;
  fields?: Record<string, string>;
}

/** What is different at one look at an operation, by job. */
export type Look = Record<string, Partial<OperationStep>>;

/** A request as it reached the portal. */
export interface Seen {
  method: string;
  path: string;
  token?: string;
  idempotencyKey?: string;
  body?: OperationRequest;
}

/**
 * The API of the plugin `akko` as docs/api.md describes it, as far as the actions use it. Operations go on by one look each time somebody looks; a
 * look that waits takes its time of the clock.
 */
export class FakePortal {
  readonly instances = new Map<string, Instance>();
  readonly operations = new Map<string, Operation>();
  readonly runs = new Map<string, Run>();
  readonly entries: BackupEntry[] = [];
  /** `akko.clusters` */
  readonly clusters: Cluster[] = [
    {
      name: 'prod-eu',
      title: 'Production Europe',
      sandbox: false,
      reachable: true,
      stale: false,
    },
  ];
  readonly seen: Seen[] = [];
  /** Of the operations that are asked for next. If left out, all jobs run, then all succeed. */
  looks?: Look[];
  /** Answers that come before the real ones; `hang up`: none. */
  readonly troubles: (Refusal | 'hang up')[] = [];
  /** Refuses what it returns a refusal for. */
  refuse: (seen: Seen) => Refusal | undefined = () => undefined;
  /** Called before each look at an operation. */
  onLook: (operation: Operation) => void = () => {};
  private readonly plans = new Map<string, Look[]>();
  private readonly keys = new Map<string, string>();
  private readonly server = createServer((request, response) =>
    this.handle(request, response),
  );

  constructor(private readonly clock?: FakeClock) {}

  /** @returns the base URL of the API */
  async listen(): Promise<string> {
    await new Promise<void>(done => this.server.listen(0, '127.0.0.1', done));
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/api/akko`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(done => this.server.close(done));
  }

  /** What was asked for, without plans. */
  asked(): Seen[] {
    return this.seen.filter(({ body }) => body && !body.dryRun);
  }

  /** Adds an operation of somebody else. */
  start(operation: Partial<Operation> & Pick<Operation, 'id'>, looks: Look[]) {
    this.operations.set(operation.id, {
      instance: 'prod-eu/akko/akko',
      action: 'bootstrap',
      state: 'running',
      requestedBy: 'user:default/ana',
      via: 'portal',
      requestedAt: this.time(),
      steps: [],
      ...operation,
    });
    this.plans.set(operation.id, [...looks]);
  }

  /** Answers one request; fits node's server and Backstage's router. */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://portal');
    const seen: Seen = {
      method: request.method ?? 'GET',
      path: url.pathname.replace(/^\/api\/akko/, ''),
      token: request.headers.authorization?.replace(/^Bearer /, ''),
      idempotencyKey: request.headers['idempotency-key'] as string | undefined,
      body:
        request.method === 'POST'
          ? ((await json(request)) as OperationRequest)
          : undefined,
    };
    this.seen.push(seen);
    const trouble = this.troubles.shift() ?? this.refuse(seen);
    if (trouble === 'hang up') {
      request.socket.destroy();
      return;
    }
    const { status, headers, body } = trouble
      ? refused(trouble)
      : this.answer(seen, url.searchParams);
    response.writeHead(status, {
      'content-type': 'application/json',
      ...headers,
    });
    response.end(JSON.stringify(body));
  }

  private answer(seen: Seen, query: URLSearchParams): Answer {
    const [kind, ...rest] = seen.path
      .slice(1)
      .split('/')
      .map(decodeURIComponent);
    switch (kind) {
      case 'operations':
        return this.look(rest[0], Number(query.get('wait') ?? 0));
      case 'clusters':
        return { status: 200, body: { items: this.clusters } };
      case 'runs':
        return found(this.runs.get(rest[0]), 'unknown-run');
      default: {
        const ref = rest.slice(0, 3).join('/');
        const instance = this.instances.get(ref);
        if (!instance) {
          return refused({
            status: 404,
            code: 'unknown-instance',
            message: `There is no AKKO instance '${ref}'.`,
          });
        }
        if (seen.body) {
          return this.request(instance, seen);
        }
        return rest[3] === 'backups'
          ? {
              status: 200,
              body: {
                items: this.entries.filter(({ backup }) => backup === rest[4]),
                gaps: [],
              },
            }
          : { status: 200, body: this.viewOf(instance) };
      }
    }
  }

  private viewOf(instance: Instance): Instance {
    return {
      ...instance,
      activeOperations: [...this.operations.values()].filter(
        each => each.instance === instance.ref && !each.finishedAt,
      ),
    };
  }

  private request(instance: Instance, { body, idempotencyKey }: Seen): Answer {
    const { action, backup, dryRun, jobs } = body!;
    const names = backup
      ? [backup]
      : namesOf(instance, action === 'bootstrap' ? 'all' : jobs ?? 'all');
    if (names.length === 0) {
      return refused({
        status: 422,
        code: 'nothing-to-do',
        message: 'There is nothing to run: no job failed.',
      });
    }
    if (dryRun) {
      return {
        status: 200,
        body: {
          instance: instance.ref,
          action,
          warnings: [],
          steps: names.map(job => ({
            job,
            wave: 0,
            jobName: `${instance.release}-${job}`,
            replaces: !backup,
            source: 'live',
            manifest: 'kind: Job',
          })),
        },
      };
    }
    const repeated = this.operations.get(this.keys.get(idempotencyKey!) ?? '');
    if (repeated) {
      return { status: 202, body: repeated };
    }
    const active = this.viewOf(instance).activeOperations.find(
      each => each.backup === backup,
    );
    if (active) {
      return refused({
        status: 409,
        code: 'already-running',
        message: `A ${active.action} of ${instance.ref} is active: operation ${active.id}. Wait for its end.`,
        fields: { operation: active.id },
      });
    }
    const id = `op-${this.operations.size + 1}`;
    this.keys.set(idempotencyKey!, id);
    this.start(
      {
        id,
        instance: instance.ref,
        action,
        backup,
        state: 'queued',
        requestedBy: 'user:default/mock',
        via: 'scaffolder',
        reason: body!.reason,
        steps: names.map(job => ({ job, state: 'waiting', wave: 0 })),
      },
      this.looks ?? allSucceed(names),
    );
    return { status: 202, body: this.operations.get(id) };
  }

  private look(id: string, wait: number): Answer {
    const operation = this.operations.get(id);
    if (!operation) {
      return found(undefined, 'unknown-operation');
    }
    this.onLook(operation);
    const plan = this.plans.get(id)!;
    const next = plan.shift();
    if (next) {
      operation.state = 'running';
      operation.steps = operation.steps.map(step =>
        this.stepAfter(id, step, next),
      );
    }
    const states = operation.steps.map(({ state }) => state);
    if (
      states.every(state => ['succeeded', 'failed', 'skipped'].includes(state))
    ) {
      operation.finishedAt ??= this.time();
      operation.state = states.every(state => state === 'succeeded')
        ? 'succeeded'
        : 'failed';
      this.enter(operation);
    } else {
      this.clock?.advance(wait * 1000);
    }
    return { status: 200, body: operation };
  }

  /** A backup that is done stands in the ledger. */
  private enter({ backup, state, steps: [{ run }] }: Operation): void {
    const isKnown = this.entries.some(({ id }) => id === run);
    if (backup && run && state === 'succeeded' && !isKnown) {
      this.entries.push(anEntry(run, backup));
    }
  }

  private stepAfter(
    id: string,
    step: OperationStep,
    look: Look,
  ): OperationStep {
    const after = { ...step, ...look[step.job] };
    if (
      after.state === 'running' ||
      after.state === 'succeeded' ||
      after.state === 'failed'
    ) {
      after.run ??= `${id}-${step.job}`;
      if (!this.runs.has(after.run)) {
        this.runs.set(
          after.run,
          aRun({
            id: after.run,
            name: step.job,
            durationSeconds: 12,
            report: {
              schema: 'akko.io/report/v1',
              job: step.job,
              outcome: 'succeeded',
              totals: { created: 1, updated: 0, unchanged: 4, skipped: 0 },
            },
          }),
        );
      }
    }
    return after;
  }

  private time(): string {
    return new Date(this.clock?.now() ?? Date.now()).toISOString();
  }
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

function refused({
  code,
  fields,
  headers,
  message = 'Refused',
  status,
}: Refusal): Answer {
  return {
    status,
    headers,
    body: { error: { name: 'AkkoError', code, message, ...fields } },
  };
}

function found(body: unknown, code: string): Answer {
  return body === undefined
    ? refused({ status: 404, code, message: 'There is none.' })
    : { status: 200, body };
}

function namesOf(
  { jobs }: Instance,
  wanted: 'all' | 'failed' | string[],
): string[] {
  if (Array.isArray(wanted)) {
    return wanted;
  }
  return jobs
    .filter(({ enabled, state }) =>
      wanted === 'failed' ? state === 'failed' : enabled,
    )
    .map(({ name }) => name);
}

function allSucceed(names: string[]): Look[] {
  const each = (state: OperationStep['state']) =>
    Object.fromEntries(names.map(job => [job, { state }]));
  return [each('running'), each('succeeded')];
}
