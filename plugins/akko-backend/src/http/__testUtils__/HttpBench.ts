import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { stringifyInstanceRef } from '@akko/backstage-plugin-akko-common';
import { akkoInstanceRules } from '@akko/backstage-plugin-akko-node';
import {
  AuthorizeResult,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { V1Job } from '@kubernetes/client-node';
import express, { type Express } from 'express';
import request from 'supertest';
import type { DurableOperationService } from '../../operations/DurableOperationService';
import { OperationBench } from '../../operations/__testUtils__/OperationBench';
import { runIdOf } from '../../runs/runId';
import { aPod } from '../../testing/kubernetesObjects';
import {
  CallLimits,
  InstanceAccess,
  type CallLimitsConfig,
  type CallerCredentials,
} from '../../access';
import { createVerbs, type Verbs } from '../../verbs';
import { createRouter } from '../createRouter';

/** Path of the instance that tests work on. */
export const INSTANCE = '/api/akko/instances/prod/akko/akko';

/** The API on an {@link OperationBench}, called by `user:default/mock` unless a test says otherwise. */
export class HttpBench {
  /** Names of permissions that nobody has. */
  readonly denied = new Set<string>();
  /** What the policy says of a permission that is not denied. */
  policy: (permission: Permission) => PolicyDecision = () => ({
    result: AuthorizeResult.ALLOW,
  });
  /** Owners of instances by ref, as the catalog says. */
  readonly owners = new Map<string, string[]>();
  /** Who asks, in the place of what a request's headers say. */
  credentials?: CallerCredentials;
  /** How often the policy was asked. */
  decisions = 0;
  /** Audit events: id and how it ended. */
  readonly audit: [event: string, end: 'success' | 'fail'][] = [];
  verbs!: Verbs;

  private constructor(
    readonly operations: OperationBench,
    readonly service: DurableOperationService,
    readonly app: Express,
  ) {}

  /** @param databases - of the test file */
  static async start(
    databases: Pick<TestDatabases, 'init'>,
    {
      clusters = [],
      limits = { reads: false, changes: false },
    }: { clusters?: string[]; limits?: CallLimitsConfig } = {},
  ): Promise<HttpBench> {
    const operations = await OperationBench.start(databases, clusters);
    const service = operations.replica();
    const app = express();
    const bench = new HttpBench(operations, service, app);
    const httpAuth = mockServices.httpAuth();
    const access = new InstanceAccess({
      instances: operations.instances,
      entities: {
        ownersOf: ref => bench.owners.get(stringifyInstanceRef(ref)) ?? [],
      },
      permissions: mockServices.permissions.mock({
        authorizeConditional: async requests => {
          bench.decisions++;
          return requests.map(({ permission }) =>
            bench.denied.has(permission.name)
              ? { result: AuthorizeResult.DENY }
              : bench.policy(permission),
          );
        },
      }),
      permissionsRegistry: mockServices.permissionsRegistry.mock({
        getPermissionRuleset: (() => ({
          getRuleByName: (name: string) =>
            Object.values(akkoInstanceRules).find(rule => rule.name === name),
        })) as never,
      }),
    });
    bench.verbs = createVerbs({
      access,
      fleet: operations.fleet,
      instances: operations.instances,
      runs: operations.runs,
      findings: operations.findings,
      operations: service,
      ledger: operations.ledger,
      clock: operations.clock,
      auditor: mockServices.auditor.mock({
        createEvent: async ({ eventId }) => ({
          success: async () => void bench.audit.push([eventId, 'success']),
          fail: async () => void bench.audit.push([eventId, 'fail']),
        }),
      }),
    });
    app.use(
      '/api/akko',
      await createRouter({
        httpAuth: {
          ...httpAuth,
          credentials: (async (
            ...args: Parameters<typeof httpAuth.credentials>
          ) => bench.credentials ?? httpAuth.credentials(...args)) as never,
        },
        discovery: mockServices.discovery(),
        limits: new CallLimits(limits),
        verbs: bench.verbs,
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
