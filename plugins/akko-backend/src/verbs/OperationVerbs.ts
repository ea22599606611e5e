import {
  akkoBackupChangePermission,
  akkoBackupRunPermission,
  akkoDrillRunPermission,
  akkoInstanceReadPermission,
  akkoJobRunPermission,
  parseInstanceRef,
  stringifyInstanceRef,
  type AkkoPermission,
  type InstanceRef,
  type Operation,
  type OperationPlan,
  type OperationRequest,
} from '@akko/backstage-plugin-akko-common';
import { validate as isId } from 'uuid';
import { notAllowed, type Caller } from '../access';
import { AkkoError } from '../errors';
import type { OperationPage, OperationService } from '../operations/types';
import type { Audit, Entrance } from './Entrance';
import type { InstanceVerbs } from './InstanceVerbs';
import type { PageQuery } from './types';

/** What somebody must have to ask for it. */
const PERMISSIONS: Record<OperationRequest['action'], AkkoPermission> = {
  bootstrap: akkoJobRunPermission,
  rerun: akkoJobRunPermission,
  backup: akkoBackupRunPermission,
  drill: akkoDrillRunPermission,
  suspend: akkoBackupChangePermission,
  resume: akkoBackupChangePermission,
};

/** A request, without what is asked for beside it. */
export type Wanted = Omit<OperationRequest, 'dryRun'>;

/** What {@link OperationVerbs} works with. */
export interface OperationVerbsOptions {
  entrance: Entrance;
  operations: OperationService;
  instanceVerbs: InstanceVerbs;
}

/** Everything that changes something, and what became of it. */
export class OperationVerbs {
  constructor(private readonly options: OperationVerbsOptions) {}

  /** Asks for an operation. @throws AkkoError as OperationService.request does, and `not-allowed`, `unknown-cluster`, `unknown-instance` */
  async request(
    caller: Caller,
    ref: InstanceRef,
    wanted: Wanted,
    idempotencyKey?: string,
  ): Promise<Operation> {
    return this.asking(caller, ref, wanted, false, async audit => {
      const operation = await this.options.operations.request(ref, wanted, {
        principal: caller.principal,
        via: caller.via,
        idempotencyKey,
      });
      audit({ operation: operation.id });
      return operation;
    });
  }

  /** What {@link OperationVerbs.request} would do; nothing is done. */
  async plan(
    caller: Caller,
    ref: InstanceRef,
    wanted: Wanted,
  ): Promise<OperationPlan> {
    return this.asking(caller, ref, wanted, true, () =>
      this.options.operations.plan(ref, wanted, {
        principal: caller.principal,
        via: caller.via,
      }),
    );
  }

  /** What became of an operation that the caller has just asked for, when it has ended or the seconds are over. */
  async ended(operation: Operation, seconds: number): Promise<Operation> {
    if (seconds === 0) {
      return operation;
    }
    const later = await this.options.operations.wait(
      operation.id,
      seconds,
      new AbortController().signal,
    );
    return later ?? operation;
  }

  /** What was asked for on an instance, newest first. */
  async list(
    caller: Caller,
    ref: InstanceRef,
    page: PageQuery,
  ): Promise<OperationPage> {
    const { instanceVerbs, operations } = this.options;
    return instanceVerbs.reading(caller, 'operation-list', ref, () =>
      operations.list(ref, page),
    );
  }

  /** An operation, when it has ended or the seconds are over. @throws AkkoError `unknown-operation` */
  async get(
    caller: Caller,
    id: string,
    seconds: number,
    signal: AbortSignal,
  ): Promise<Operation> {
    const { entrance, operations } = this.options;
    return entrance.audited(
      caller,
      { eventId: 'operation-fetch', meta: { operation: id } },
      async audit => {
        const access = await entrance.access.somewhere(
          caller.credentials,
          akkoInstanceReadPermission,
        );
        const operation = isId(id) ? await operations.get(id) : undefined;
        if (!operation) {
          throw unknownOperation(id);
        }
        audit({ instance: operation.instance });
        if (!access.includes(parseInstanceRef(operation.instance)!)) {
          throw notAllowed(akkoInstanceReadPermission);
        }
        if (seconds === 0) {
          return operation;
        }
        const later = await operations.wait(id, seconds, signal);
        if (!later) {
          throw unknownOperation(id);
        }
        return later;
      },
    );
  }

  private async asking<Result>(
    caller: Caller,
    ref: InstanceRef,
    { action, backup, jobs }: Wanted,
    dryRun: boolean,
    act: (audit: Audit) => Promise<Result>,
  ): Promise<Result> {
    const { entrance, instanceVerbs } = this.options;
    return entrance.audited(
      caller,
      {
        eventId: 'operation-request',
        severity: 'medium',
        meta: {
          instance: stringifyInstanceRef(ref),
          action,
          ...(backup === undefined ? { jobs: jobs ?? 'all' } : { backup }),
          dryRun,
        },
      },
      async audit => {
        await entrance.access.require(
          caller.credentials,
          PERMISSIONS[action],
          ref,
        );
        await instanceVerbs.known(caller, ref);
        return act(audit);
      },
    );
  }
}

function unknownOperation(id: string): AkkoError {
  return new AkkoError('unknown-operation', `There is no operation '${id}'.`);
}
