import type { LoggerService } from '@backstage/backend-plugin-api';
import { backoffDelay } from './backoff';
import { errorOfAnswer, errorOfTransport, isExpired } from './callErrors';
import { sleep, type Clock } from './clock';
import { IdleTimer } from './IdleTimer';
import { readWatchEvents, type WatchEvent } from './watchEvents';

const PAGE_SIZE = 500;
const SHORTEST_WATCH_SECONDS = 300;
const LONGEST_WATCH_SECONDS = 600;
const PROVEN_MS = 30_000;
const TOO_SHORT_MS = 1_000;

/** Anything that a reflector can follow. */
export interface Reflectable {
  metadata?: { resourceVersion?: string };
}

/** One page of a list, as the API server answers. */
export interface ListPage<T> {
  metadata?: { resourceVersion?: string; continue?: string };
  items: T[];
}

/** The two calls that a reflector needs. They fail with a ClusterCallError. */
export interface ReflectorSource<T> {
  list(
    query: { limit: number; continue?: string },
    signal: AbortSignal,
  ): Promise<ListPage<T>>;
  watch(
    query: {
      watch: true;
      allowWatchBookmarks: true;
      resourceVersion: string;
      timeoutSeconds: number;
    },
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>>;
}

/** Hears what the reflector finds. What it throws is logged and stops nothing. */
export interface ReflectorHandler<T> {
  /** All objects that exist, in pages, at the first contact and after each gap. What is not among them is gone. */
  replace(items: T[]): void;
  upsert(object: T): void;
  /** @param object - in its last state */
  remove(object: T): void;
  /** Something was heard of the server. */
  contact(): void;
  status(status: ReflectorStatus): void;
}

/** How a reflector is. */
export type ReflectorStatus =
  /** Nothing is known yet, or a gap has to be closed by a list. */
  | { state: 'listing' }
  /** The copy follows the server. */
  | { state: 'watching' }
  /** It will try again. The copy is as of the last contact. */
  | { state: 'failing'; error: Error; retryInMs: number };

/**
 * Follows one collection of a cluster: list, then watch from there, for ever. Own code because client-node's informer stays dead after a
 * single 429, 5xx or reset. Resumes at the last resource version after every interruption, lists again only when the server says that the
 * version is too old, notices a silent connection, and never ends before {@link Reflector.stop}.
 */
export class Reflector<T extends Reflectable> {
  private readonly stopping = new AbortController();
  private resourceVersion?: string;
  private failures = 0;
  private failing = false;
  private running?: Promise<void>;

  constructor(
    private readonly options: {
      /** For the log, such as `jobs of cluster prod-eu`. */
      name: string;
      cluster: string;
      source: ReflectorSource<T>;
      handler: ReflectorHandler<T>;
      clock: Clock;
      /** In [0, 1). */
      random: () => number;
      logger: LoggerService;
    },
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort(new Error('the portal is stopping'));
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        if (this.resourceVersion === undefined) {
          if (!this.failing) {
            this.tell(handler => handler.status({ state: 'listing' }));
          }
          await this.list(signal);
        }
        await this.watch(signal);
      } catch (error) {
        if (!signal.aborted) {
          await this.recover(error);
        }
      }
    }
  }

  private async recover(error: unknown): Promise<void> {
    const { clock, random, logger, name } = this.options;
    this.failures += 1;
    if (isExpired(error)) {
      this.resourceVersion = undefined;
      if (this.failures === 1) {
        // Normal after a pause: the server has forgotten where we were. Nothing is wrong with it.
        logger.debug(`Listing ${name} again: ${messageOf(error)}`);
        return;
      }
    }
    const retryInMs = backoffDelay(error, this.failures, random);
    // Once per outage is news; each attempt is not.
    logger[this.failing ? 'debug' : 'warn'](
      `Following ${name} failed, trying again in ${(retryInMs / 1000).toFixed(
        1,
      )} s: ${messageOf(error)}`,
    );
    this.failing = true;
    this.tell(handler =>
      handler.status({
        state: 'failing',
        error: error instanceof Error ? error : new Error(String(error)),
        retryInMs,
      }),
    );
    await sleep(clock, retryInMs, this.stopping.signal);
  }

  private async list(signal: AbortSignal): Promise<void> {
    const items: T[] = [];
    let next: string | undefined;
    let resourceVersion: string | undefined;
    do {
      const page = await this.options.source.list(
        { limit: PAGE_SIZE, continue: next },
        signal,
      );
      this.tell(handler => handler.contact());
      items.push(...(page.items ?? []));
      next = page.metadata?.continue || undefined;
      resourceVersion = page.metadata?.resourceVersion;
    } while (next !== undefined);
    this.tell(handler => handler.replace(items));
    this.resourceVersion = resourceVersion ?? '';
  }

  private async watch(signal: AbortSignal): Promise<void> {
    const { clock, cluster, name, source } = this.options;
    const idle = new IdleTimer(clock, name);
    const proven = clock.after(PROVEN_MS, () => {
      this.failures = 0;
    });
    const openedAt = clock.now();
    let events = 0;
    try {
      const body = await source.watch(
        {
          watch: true,
          allowWatchBookmarks: true,
          resourceVersion: this.resourceVersion!,
          timeoutSeconds: this.watchSeconds(),
        },
        AbortSignal.any([signal, idle.signal]),
      );
      if (this.failing) {
        this.options.logger.info(`Following ${name} again`);
        this.failing = false;
      }
      this.tell(handler => handler.contact());
      this.tell(handler => handler.status({ state: 'watching' }));
      idle.restart();
      for await (const event of readWatchEvents(body)) {
        idle.restart();
        events += 1;
        this.receive(event);
      }
    } catch (error) {
      if (idle.signal.aborted && !signal.aborted) {
        // A connection can be dead without anybody having told us. Going on where we were tells whether the server lives.
        this.options.logger.debug(messageOf(idle.signal.reason));
        return;
      }
      throw errorOfTransport(cluster, `WATCH ${name}`, error);
    } finally {
      idle.cancel();
      proven.cancel();
    }
    if (events === 0 && clock.now() - openedAt < TOO_SHORT_MS) {
      // Whoever closes a watch at once would be asked again in a tight loop.
      throw errorOfTransport(
        cluster,
        `WATCH ${name}`,
        new Error('the watch was closed at once'),
      );
    }
  }

  private receive(event: WatchEvent): void {
    if (event.type === 'ERROR') {
      throw errorOfAnswer(
        this.options.cluster,
        `WATCH ${this.options.name}`,
        event.object.code ?? 500,
        event.object,
      );
    }
    const object = event.object as T;
    const version = event.object.metadata?.resourceVersion;
    if (isOlder(version, this.resourceVersion)) {
      // A store that was restored from a backup, or a sandbox that began anew: going on would miss what happens until it catches up.
      throw errorOfAnswer(
        this.options.cluster,
        `WATCH ${this.options.name}`,
        410,
        { reason: 'Expired', message: `its versions went back to ${version}` },
      );
    }
    this.failures = 0;
    this.tell(handler => handler.contact());
    if (event.type === 'DELETED') {
      this.tell(handler => handler.remove(object));
    } else if (event.type !== 'BOOKMARK') {
      this.tell(handler => handler.upsert(object));
    }
    this.resourceVersion = version ?? this.resourceVersion;
  }

  /** Random, so that the watches of a fleet do not all end together. */
  private watchSeconds(): number {
    const span = LONGEST_WATCH_SECONDS - SHORTEST_WATCH_SECONDS;
    return SHORTEST_WATCH_SECONDS + Math.floor(this.options.random() * span);
  }

  private tell(call: (handler: ReflectorHandler<T>) => void): void {
    try {
      call(this.options.handler);
    } catch (error) {
      this.options.logger.error(
        `Handling a change of ${this.options.name} failed: ${messageOf(error)}`,
        error instanceof Error ? error : undefined,
      );
    }
  }
}

/** Versions of one kind of one server are numbers that only grow (KEP-5504); what is no number is not compared. */
function isOlder(version = '', than = ''): boolean {
  return /^\d+$/.test(version) && /^\d+$/.test(than)
    ? BigInt(version) < BigInt(than)
    : false;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
