import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  parseInstanceRef,
  stringifyInstanceRef,
  type InstanceRef,
  type Run,
} from '@akko/backstage-plugin-akko-common';
import pLimit from 'p-limit';
import type { RunRecorder } from '../runs/types';
import { backupOfDrill } from './ledger/entryOfRecord';
import type { LedgerFacts, LedgerStore } from './ledger/types';

/** Backups whose facts are read at once. */
const READ_AT_ONCE = 8;

type Listener = (ref: InstanceRef) => void;

/** What the ledger knows of every backup, in memory: read once, then again for the one that changed. */
export class LedgerFactsIndex {
  private readonly facts = new Map<string, LedgerFacts>();
  private readonly reading = new Map<string, { again: boolean }>();
  private readonly listeners = new Set<Listener>();
  private readonly limit = pLimit(READ_AT_ONCE);
  private unsubscribe?: () => void;
  private pending = new Set<Promise<void>>();

  constructor(
    private readonly options: {
      store: LedgerStore;
      recorder: Pick<RunRecorder, 'onRunChanged'>;
      logger: LoggerService;
    },
  ) {}

  /** Reads what there is, then listens. */
  async start(): Promise<void> {
    this.unsubscribe = this.options.recorder.onRunChanged(run =>
      this.runChanged(run),
    );
    const names = new Map(
      (await this.options.store.backups()).map(({ instance, backup }) => {
        const name = backupOfDrill(backup);
        return [keyOf(instance, name), { instance, name }];
      }),
    );
    await Promise.all(
      [...names.values()].map(({ instance, name }) =>
        this.read(instance, name),
      ),
    );
  }

  async stop(): Promise<void> {
    this.unsubscribe?.();
    await this.settled();
  }

  /** Resolves when everything heard of so far is read. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) {
      await Promise.all(this.pending);
    }
  }

  of(instance: InstanceRef, backup: string): LedgerFacts | undefined {
    return this.facts.get(keyOf(instance, backup));
  }

  /** Called when the facts of an instance changed. @returns unsubscribe */
  onFactsChanged(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private runChanged({ instance, kind, name }: Run): void {
    const ref = parseInstanceRef(instance);
    if (kind !== 'init' && ref) {
      const reading = this.read(ref, backupOfDrill(name)).catch(error =>
        this.options.logger.error(
          `The ledger of ${name} of ${instance} could not be read; what is shown of it may be old until its next run`,
          error,
        ),
      );
      this.pending.add(reading);
      reading.finally(() => this.pending.delete(reading));
    }
  }

  /** One at a time per backup; what changes meanwhile is read once more. */
  private async read(instance: InstanceRef, backup: string): Promise<void> {
    const key = keyOf(instance, backup);
    const running = this.reading.get(key);
    if (running) {
      running.again = true;
      return;
    }
    const state = { again: true };
    this.reading.set(key, state);
    try {
      while (state.again) {
        state.again = false;
        const facts = await this.limit(() =>
          this.options.store.facts({ instance, backup }),
        );
        this.facts.set(key, facts);
      }
    } finally {
      this.reading.delete(key);
    }
    this.listeners.forEach(listener => listener(instance));
  }
}

function keyOf(instance: InstanceRef, backup: string): string {
  return `${stringifyInstanceRef(instance)} ${backup}`;
}
