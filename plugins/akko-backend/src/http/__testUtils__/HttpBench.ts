import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { V1Job } from '@kubernetes/client-node';
import express, { type Express } from 'express';
import request from 'supertest';
import type { DurableOperationService } from '../../operations/DurableOperationService';
import { OperationBench } from '../../operations/__testUtils__/OperationBench';
import { runIdOf } from '../../runs/runId';
import { aPod } from '../../testing/kubernetesObjects';
import { createRouter } from '../createRouter';

/** Path of the instance that tests work on. */
export const INSTANCE = '/api/akko/instances/prod/akko/akko';

/** The API on an {@link OperationBench}, called by `user:default/mock` unless a test says otherwise. */
export class HttpBench {
  /** Names of permissions that nobody has. */
  readonly denied = new Set<string>();
  /** Audit events: id and how it ended. */
  readonly audit: [event: string, end: 'success' | 'fail'][] = [];

  private constructor(
    readonly operations: OperationBench,
    readonly service: DurableOperationService,
    readonly app: Express,
  ) {}

  /** @param databases - of the test file */
  static async start(
    databases: Pick<TestDatabases, 'init'>,
  ): Promise<HttpBench> {
    const operations = await OperationBench.start(databases);
    const service = operations.replica();
    const app = express();
    const bench = new HttpBench(operations, service, app);
    app.use(
      '/api/akko',
      await createRouter({
        fleet: operations.fleet,
        instances: operations.instances,
        runs: operations.runs,
        findings: operations.findings,
        operations: service,
        ledger: operations.ledger,
        clock: operations.clock,
        httpAuth: mockServices.httpAuth(),
        permissions: mockServices.permissions.mock({
          authorize: async requests =>
            requests.map(({ permission }) => ({
              result: bench.denied.has(permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
            })),
        }),
        auditor: mockServices.auditor.mock({
          createEvent: async ({ eventId }) => ({
            success: async () => void bench.audit.push([eventId, 'success']),
            fail: async () => void bench.audit.push([eventId, 'fail']),
          }),
        }),
      }),
    );
    return bench;
  }

  stop(): Promise<void> {
    return this.operations.stop();
  }

  /** Puts a running Job with its pod in, in the place of the other of its name. @returns its run id */
  async running(job: V1Job): Promise<string> {
    const { prod, recorder } = this.operations;
    prod.set('jobs', job);
    prod.set('pods', aPod(job));
    await recorder.settled();
    return runIdOf('prod', job.metadata!.uid!);
  }

  get(path: string) {
    return request(this.app).get(path);
  }

  post(path: string, body?: object) {
    return request(this.app).post(path).send(body);
  }

  /** A request without credentials. */
  getAsNobody(path: string) {
    return this.get(path).set('Authorization', mockCredentials.none.header());
  }
}
