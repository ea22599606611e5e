import type { DiscoveryService } from '@backstage/backend-plugin-api';
import express, { type Request, type Response } from 'express';
import Router from 'express-promise-router';
import { pipeline } from 'node:stream/promises';
import { AkkoError } from '../errors';
import { BODY_LIMIT } from '../toAkkoError';
import type { Verbs } from '../verbs';
import { addBackupRoutes } from './backupRoutes';
import { createDoor, type DoorOptions } from './door';
import { errorMiddleware } from './errorMiddleware';
import { addOpenApiRoute } from './openapiRoute';
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

/** What the API translates to. */
export interface RouterOptions extends DoorOptions {
  discovery: DiscoveryService;
  verbs: Verbs;
}

const INSTANCE = '/instances/:cluster/:namespace/:release';

/** The HTTP API as in `openapi.yaml` of akko-common: each route parses, calls one verb, and answers. */
export async function createRouter(
  options: RouterOptions,
): Promise<express.Router> {
  const { backups, instances, operations, runs } = options.verbs;
  const door = createDoor(options);
  const router = Router();
  router.use(express.json({ limit: BODY_LIMIT, strict: false }));

  router.get(
    '/clusters',
    door(async (_, response, caller) => {
      response.json({ items: await instances.clusters(caller) });
    }),
  );

  router.get(
    '/instances',
    door(async (request, response, caller) => {
      const query = parse(instancesQuery, request.query, 'query');
      response.json(await instances.list(caller, query));
    }),
  );

  router.get(
    INSTANCE,
    door(async ({ params }, response, caller) => {
      response.json(await instances.get(caller, refOf(params)));
    }),
  );

  router.get(
    `${INSTANCE}/jobs/:job/runs`,
    door(async ({ params, query }, response, caller) => {
      const page = parse(pageQuery, query, 'query');
      response.json(
        await instances.runs(caller, refOf(params), params.job, page),
      );
    }),
  );

  router.get(
    `${INSTANCE}/upgrades`,
    door(async ({ params, query }, response, caller) => {
      const page = parse(pageQuery, query, 'query');
      response.json(await instances.upgrades(caller, refOf(params), page));
    }),
  );

  router.get(
    `${INSTANCE}/operations`,
    door(async ({ params, query }, response, caller) => {
      const page = parse(pageQuery, query, 'query');
      response.json(await operations.list(caller, refOf(params), page));
    }),
  );

  router.post(
    `${INSTANCE}/operations`,
    door(async (request, response, caller) => {
      assertJson(request);
      const { dryRun, ...wanted } = parse(operationBody, request.body, 'body');
      const key = parse(idempotencyKey, request.headers, 'headers');
      const ref = refOf(request.params);
      if (dryRun) {
        response.json(await operations.plan(caller, ref, wanted));
        return;
      }
      const operation = await operations.request(caller, ref, wanted, key);
      response
        .status(202)
        .location(`${request.baseUrl}/operations/${operation.id}`)
        .json(operation);
    }),
  );

  addBackupRoutes(router, { backups, door });
  addOpenApiRoute(router, { discovery: options.discovery, door });

  router.get(
    '/findings',
    door(async (request, response, caller) => {
      const query = parse(findingsQuery, request.query, 'query');
      response.json(await instances.findings(caller, query));
    }),
  );

  router.get(
    '/operations/:id',
    door(async ({ params, query }, response, caller) => {
      const { wait } = parse(operationQuery, query, 'query');
      response.json(
        await operations.get(caller, params.id, wait, closing(response)),
      );
    }),
  );

  router.get(
    '/runs/:id',
    door(async ({ params }, response, caller) => {
      response.json(await runs.get(caller, params.id));
    }),
  );

  router.get(
    '/runs/:id/log',
    door(async (request, response, caller) => {
      const { source, content } = await runs.log(
        caller,
        request.params.id,
        parse(logQuery, request.query, 'query'),
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
    }),
  );

  router.get(
    '/runs/:id/manifest',
    door(async ({ params }, response, caller) => {
      const manifest = await runs.manifest(caller, params.id);
      response.type('application/yaml').send(manifest);
    }),
  );

  router.use(request => {
    throw new AkkoError(
      'unknown-route',
      `There is no ${request.method} ${request.path} in this API; GET /openapi.json lists its routes.`,
    );
  });
  router.use(errorMiddleware());
  return router;
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
