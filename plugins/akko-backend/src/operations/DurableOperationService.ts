import { createHash, randomUUID } from 'node:crypto';
import {
  stringifyInstanceRef,
  type InstanceRef,
  type Operation,
  type OperationPlan,
  type OperationRequest,
  maskManifest,
  maskText,
} from '@akko/backstage-plugin-akko-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringify } from 'yaml';
import { sleep, type Clock } from '../clusters/clock';
import { AkkoError } from '../errors';
import type { V1Job } from '@kubernetes/client-node';
import { checkpoint } from './checkpoints';
import type { OperationRecord, OperationStore } from './OperationStore';
import { OperationWorker } from './OperationWorker';
import { laneOf } from './operationRows';
import { planOperation, type Plan } from './planOperation';
import { marksOf } from './marksOf';
import { StepRunner, type StepRunnerOptions } from './StepRunner';
import { viewOfStep } from './steps';
import type { OperationCaller, OperationPage, OperationService } from './types';

/** How often a waiting caller's operation is looked at when another replica may carry it out, in milliseconds. */
const LOOK_EVERY = 1000;

/** What {@link DurableOperationService} is made of. */
export interface DurableOperationServiceOptions extends StepRunnerOptions {
  store: OperationStore;
  clock: Clock;
  logger: LoggerService;
}

type OperationListener = (operation: Operation) => void;

/** {@link OperationService} whose operations survive crashes, because each of their phases is a row before it is done. */
export class DurableOperationService implements OperationService {
  private readonly worker: OperationWorker;
  private readonly listeners = new Set<OperationListener>();

  constructor(private readonly options: DurableOperationServiceOptions) {
    this.worker = new OperationWorker({
      store: options.store,
      runner: new StepRunner(options),
      clock: options.clock,
      logger: options.logger,
      owner: randomUUID(),
      onChanged: id => this.tell(id),
    });
  }

  /** Takes up what is there and not ended. */
  start(): void {
    this.worker.start();
  }

  async stop(): Promise<void> {
    await this.worker.stop();
  }

  /** Called after every change of an operation that this replica carries out or accepts. @returns unsubscribe */
  onOperationChanged(listener: OperationListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async request(
    ref: InstanceRef,
    request: OperationRequest,
    caller: OperationCaller,
  ): Promise<Operation> {
    const { store } = this.options;
    const hash = hashOf(ref, request);
    const { principal, idempotencyKey } = caller;
    // Read before the key is looked up: the request that this one repeats may be stored at this moment.
    const lane = laneOf({ ...request, instance: stringifyInstanceRef(ref) });
    const active = (await store.active(stringifyInstanceRef(ref))).find(
      other => laneOf(other) === lane,
    );
    const repeated =
      idempotencyKey && (await store.findByKey(principal, idempotencyKey));
    if (repeated) {
      return answerAgain(repeated, hash);
    }
    if (active) {
      throw alreadyRunning(active);
    }
    const plan = await planOperation(this.options, ref, request);
    const operation = this.newOperation(ref, request, caller, plan, hash);
    // Whoever may not be replaced is told before anything is stored.
    plan.steps.forEach(step => step.preview(marksOf(operation)));
    const outcome = await store.insert(operation);
    if (outcome.type === 'repeated') {
      return answerAgain(outcome.operation, hash);
    }
    if (outcome.type === 'active') {
      throw alreadyRunning(outcome.operation);
    }
    await checkpoint('row-written');
    this.tell(operation.id);
    this.worker.wake();
    return viewOf(operation);
  }

  async plan(
    ref: InstanceRef,
    request: OperationRequest,
    caller: OperationCaller,
  ): Promise<OperationPlan> {
    const plan = await planOperation(this.options, ref, request);
    const operation = this.newOperation(ref, request, caller, plan, '');
    return {
      instance: operation.instance,
      action: operation.action,
      warnings: plan.warnings,
      notes: plan.notes,
      steps: plan.steps.map(step => ({
        job: step.name,
        wave: step.wave,
        jobName: step.jobName(operation.id),
        replaces: step.replaces,
        source: step.source,
        manifest: stringify(
          maskManifest(step.preview(marksOf(operation)) as V1Job),
        ),
      })),
    };
  }

  async get(id: string): Promise<Operation | undefined> {
    const operation = await this.options.store.get(id);
    return operation && viewOf(operation);
  }

  async wait(
    id: string,
    seconds: number,
    signal: AbortSignal,
  ): Promise<Operation | undefined> {
    const { clock } = this.options;
    const until = clock.now() + seconds * 1000;
    for (;;) {
      const changed = new AbortController();
      const unsubscribe = this.onOperationChanged(operation => {
        if (operation.id === id) {
          changed.abort();
        }
      });
      try {
        const operation = await this.get(id);
        const left = until - clock.now();
        if (!operation || operation.finishedAt || left <= 0) {
          return operation;
        }
        await sleep(
          clock,
          Math.min(LOOK_EVERY, left),
          AbortSignal.any([signal, changed.signal]),
        );
        if (signal.aborted) {
          return operation;
        }
      } finally {
        unsubscribe();
      }
    }
  }

  async list(
    ref: InstanceRef,
    page: { limit: number; cursor?: string },
  ): Promise<OperationPage> {
    const { items, nextCursor } = await this.options.store.list(
      stringifyInstanceRef(ref),
      page,
    );
    return { items: items.map(viewOf), nextCursor };
  }

  async active(ref: InstanceRef): Promise<Operation[]> {
    const active = await this.options.store.active(stringifyInstanceRef(ref));
    return active.map(viewOf);
  }

  private newOperation(
    ref: InstanceRef,
    request: OperationRequest,
    caller: OperationCaller,
    plan: Plan,
    requestHash: string,
  ): OperationRecord {
    const id = randomUUID();
    return {
      id,
      instance: stringifyInstanceRef(ref),
      action: request.action,
      backup: request.backup,
      state: 'queued',
      requestedBy: caller.principal,
      via: caller.via,
      // Everybody who may see the instance sees it, and so does who may read its Jobs.
      reason: maskText(request.reason?.trim() ?? '') || undefined,
      requestedAt: new Date(this.options.clock.now()).toISOString(),
      idempotencyKey: caller.idempotencyKey,
      requestHash,
      steps: plan.steps.map(({ name, wave, after, jobName, phase }) => ({
        job: name,
        wave,
        after,
        phase,
        jobName: jobName(id),
      })),
    };
  }

  private tell(id: string): void {
    this.get(id)
      .then(operation => {
        if (operation) {
          this.listeners.forEach(listener => listener(operation));
        }
      })
      .catch(error =>
        this.options.logger.error(
          `What changed in operation ${id} could not be told`,
          error,
        ),
      );
  }
}

/** The operation as the API shows it. */
function viewOf(operation: OperationRecord): Operation {
  const { idempotencyKey, requestHash, steps, ...rest } = operation;
  return { ...rest, steps: steps.map(viewOfStep) };
}

function hashOf(ref: InstanceRef, request: OperationRequest): string {
  const { action, backup, jobs, reason } = request;
  const asked = [stringifyInstanceRef(ref), action, jobs, reason ?? ''];
  return createHash('sha256')
    .update(JSON.stringify(backup === undefined ? asked : [...asked, backup]))
    .digest('hex');
}

function answerAgain(operation: OperationRecord, hash: string): Operation {
  if (operation.requestHash !== hash) {
    throw new AkkoError(
      'idempotency-mismatch',
      `The Idempotency-Key was used for another request, operation ${operation.id}. Use a new key for a new request.`,
      { operation: operation.id },
    );
  }
  return viewOf(operation);
}

function alreadyRunning(operation: OperationRecord): AkkoError {
  return new AkkoError(
    'already-running',
    `A ${operation.action} of ${
      operation.backup ? `${operation.backup} of ` : ''
    }${operation.instance} is active: operation ${operation.id}, asked for by ${
      operation.requestedBy
    }. Wait for its end.`,
    { operation: operation.id },
  );
}
