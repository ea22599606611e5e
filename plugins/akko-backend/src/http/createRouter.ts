import {
  akkoBackupChangePermission,
  akkoBackupRunPermission,
  akkoDrillRunPermission,
  akkoInstanceReadPermission,
  akkoJobRunPermission,
  akkoLogReadPermission,
  type Run,
  maskManifest,
} from '@akko/backstage-plugin-akko-common';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import express, { type Request, type Response } from 'express';
import Router from 'express-promise-router';
import { pipeline } from 'node:stream/promises';
import { validate as isId } from 'uuid';
import { stringify } from 'yaml';
import type { LedgerService } from '../backups/LedgerService';
import type { Clock } from '../clusters/clock';
import type { Fleet } from '../clusters/types';
import type { FindingStore } from '../diagnosis';
import { AkkoError } from '../errors';
import type { InstanceService } from '../instances/types';
import { unknownInstance } from '../operations/planOperation';
import type { OperationService } from '../operations/types';
import type { RunStore } from '../runs/types';
import { BODY_LIMIT, errorMiddleware } from './errorMiddleware';
import { addBackupRoutes } from './backupRoutes';
import { createGuard, principalOf, type GuardOptions } from './guard';
import { findingPage } from './findingPage';
import { instancePage } from './instancePage';
import {
  findingsQuery,
  idempotencyKey,
  instancesQuery,
  logQuery,
  operationBody,
  operationQuery,
  pageQuery,
  parse,
  refOf,
} from './parse';
import { RunLogs } from './RunLogs';

/** The services behind the API. */
export interface RouterOptions extends GuardOptions {
  fleet: Fleet;
  instances: InstanceService;
  runs: RunStore;
  findings: Pick<FindingStore, 'open' | 'ofRun'>;
  ledger: LedgerService;
  operations: OperationService;
  clock: Clock;
}

const INSTANCE = '/instances/:cluster/:namespace/:release';

/** The HTTP API as in `openapi.yaml` of akko-common: each route is guarded, parses, calls one service, and answers. */
export async function createRouter(
  options: RouterOptions,
): Promise<express.Router> {
  const { findings, fleet, instances, ledger, operations, runs } = options;
  const guard = createGuard(options);
  const logs = new RunLogs(options);
  const router = Router();
  router.use(express.json({ limit: BODY_LIMIT, strict: false }));

  const instanceOf = async (request: Request) => {
    const ref = refOf(request.params);
    assertCluster(fleet, ref.cluster);
    const instance = await instances.get(ref);
    if (!instance) {
      throw unknownInstance(ref);
    }
    return { ref, instance };
  };
  const runOf = async (request: Request): Promise<Run> => {
    const { id } = request.params;
    const run = isId(id) ? await runs.get(id) : undefined;
    if (!run) {
      throw new AkkoError(
        'unknown-run',
        `There is no run '${id}' in the history. It may be older than the history is kept.`,
      );
    }
    return run;
  };

  router.get(
    '/clusters',
    guard(read('cluster-list'), async (_, response) => {
      response.json({ items: fleet.clusters().map(one => one.state()) });
    }),
  );

  router.get(
    '/instances',
    guard(read('instance-list'), async (request, response) => {
      const query = parse(instancesQuery, request.query, 'query');
      if (query.cluster) {
        assertCluster(fleet, query.cluster);
      }
      const { items, totals } = await instances.list(query);
      response.json({ ...instancePage(items, query), totals });
    }),
  );

  router.get(
    INSTANCE,
    guard(read('instance-fetch'), async (request, response) => {
      const { ref, instance } = await instanceOf(request);
      const activeOperations = await operations.active(ref);
      response.json({ ...instance, activeOperations });
    }),
  );

  router.get(
    `${INSTANCE}/jobs/:job/runs`,
    guard(read('run-list'), async (request, response) => {
      const page = parse(pageQuery, request.query, 'query');
      const { ref, instance } = await instanceOf(request);
      const { job: name } = request.params;
      const known = [
        ...instance.jobs,
        ...instance.backups,
        ...instance.backups.flatMap(({ drill }) => (drill ? [drill] : [])),
      ];
      if (!known.some(job => job.name === name)) {
        throw new AkkoError(
          'unknown-job',
          `There is no job '${name}' of this instance. It has: ${known
            .map(job => job.name)
            .join(', ')}.`,
        );
      }
      response.json(await runs.list({ instance: ref, name, ...page }));
    }),
  );

  router.get(
    `${INSTANCE}/operations`,
    guard(read('operation-list'), async (request, response) => {
      const page = parse(pageQuery, request.query, 'query');
      const { ref } = await instanceOf(request);
      response.json(await operations.list(ref, page));
    }),
  );

  router.get(
    `${INSTANCE}/upgrades`,
    guard(read('upgrade-list'), async (request, response) => {
      const page = parse(pageQuery, request.query, 'query');
      const { ref: instance } = await instanceOf(request);
      response.json(await runs.upgrades({ instance, ...page }));
    }),
  );

  router.post(
    `${INSTANCE}/operations`,
    guard(
      {
        eventId: 'operation-request',
        permission: permissionOfRequest,
        severity: 'medium',
      },
      async (request, response, { caller, audit }) => {
        assertJson(request);
        const body = parse(operationBody, request.body, 'body');
        const key = parse(idempotencyKey, request.headers, 'headers');
        const { dryRun = false, ...wanted } = body;
        audit({
          action: body.action,
          ...(body.backup === undefined
            ? { jobs: body.jobs ?? 'all' }
            : { backup: body.backup }),
          dryRun,
        });
        const { ref } = await instanceOf(request);
        const from = {
          principal: principalOf(caller),
          via:
            body.via ?? (caller.principal.type === 'user' ? 'portal' : 'api'),
          idempotencyKey: key,
        } as const;
        if (dryRun) {
          response.json(await operations.plan(ref, wanted, from));
          return;
        }
        const operation = await operations.request(ref, wanted, from);
        audit({ operation: operation.id });
        response
          .status(202)
          .location(`${request.baseUrl}/operations/${operation.id}`)
          .json(operation);
      },
    ),
  );

  addBackupRoutes(router, {
    assertCluster: name => assertCluster(fleet, name),
    guard,
    instanceOf,
    instances,
    ledger,
  });

  router.get(
    '/findings',
    guard(read('finding-list'), async (request, response) => {
      const query = parse(findingsQuery, request.query, 'query');
      if (query.cluster) {
        assertCluster(fleet, query.cluster);
      }
      response.json(findingPage(await findings.open(), query));
    }),
  );

  router.get(
    '/operations/:id',
    guard(read('operation-fetch'), async (request, response) => {
      const { wait } = parse(operationQuery, request.query, 'query');
      const { id } = request.params;
      const operation = isId(id)
        ? await operations.wait(id, wait, closing(response))
        : undefined;
      if (!operation) {
        throw new AkkoError(
          'unknown-operation',
          `There is no operation '${id}'.`,
        );
      }
      response.json(operation);
    }),
  );

  router.get(
    '/runs/:id',
    guard(read('run-fetch'), async (request, response) => {
      const { id } = await runOf(request);
      const [detail, found] = await Promise.all([
        runs.detail(id),
        findings.ofRun(id),
      ]);
      response.json({ ...detail, findings: found });
    }),
  );

  router.get(
    '/runs/:id/log',
    guard(
      { eventId: 'log-fetch', permission: akkoLogReadPermission },
      async (request, response) => {
        const query = parse(logQuery, request.query, 'query');
        const run = await runOf(request);
        const { source, content } = await logs.read(
          run,
          query,
          closing(response),
        );
        response.type('text/plain').set({ 'X-Akko-Log-Source': source });
        if (typeof content === 'string') {
          response.send(content);
          return;
        }
        // Proxies and Backstage's compression hold pieces back unless they are told not to.
        response.set({ 'Cache-Control': 'no-transform' });
        response.flushHeaders();
        await pipeline(content, response).catch(exceptWhenLeft);
      },
    ),
  );

  router.get(
    '/runs/:id/manifest',
    guard(
      { eventId: 'manifest-fetch', permission: akkoLogReadPermission },
      async (request, response) => {
        const { id, jobName } = await runOf(request);
        const manifest = await runs.readManifest(id);
        if (!manifest) {
          throw new AkkoError(
            'unknown-run',
            `The manifest of Job ${jobName} was not kept: the Job was gone before the portal saw it.`,
          );
        }
        response
          .type('application/yaml')
          .send(stringify(maskManifest(manifest)));
      },
    ),
  );

  router.use(request => {
    throw new AkkoError(
      'unknown-route',
      `There is no ${request.method} ${request.path} in this API; docs/api.md lists its routes.`,
    );
  });
  router.use(errorMiddleware());
  return router;
}

/** What an operation needs. An action that is none is refused when the body is parsed. */
function permissionOfRequest({ body }: Request): BasicPermission {
  switch (body?.action) {
    case 'backup':
      return akkoBackupRunPermission;
    case 'drill':
      return akkoDrillRunPermission;
    case 'suspend':
    case 'resume':
      return akkoBackupChangePermission;
    default:
      return akkoJobRunPermission;
  }
}

function read(eventId: string) {
  return { eventId, permission: akkoInstanceReadPermission };
}

/** A body of another type would be left unread, and seem to be empty. */
function assertJson(request: Request): void {
  if (request.is('application/json') === false) {
    const message = `must be JSON: send it with the header 'Content-Type: application/json', not '${
      request.get('content-type') ?? ''
    }'`;
    throw new AkkoError('invalid-request', `The body ${message}.`, {
      details: [{ field: 'body', message }],
    });
  }
}

function assertCluster(fleet: Fleet, name: string): void {
  if (!fleet.cluster(name)) {
    const names = fleet.clusters().map(cluster => cluster.name);
    throw new AkkoError(
      'unknown-cluster',
      `There is no cluster '${name}' in the configuration (akko.clusters). There: ${names.join(
        ', ',
      )}.`,
    );
  }
}

/** That a reader leaves is no failure. */
function exceptWhenLeft(error: Error & { code?: string }): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') {
    throw error;
  }
}

/** Aborts when the caller goes away. */
function closing(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}
