import type { ServerResponse } from 'node:http';
import type { Timer } from '../clock/types';
import type { KubernetesObject, StoreEvent } from '../store/types';
import { noReason } from './decode';
import { parseListOptions, type ListOptions } from './options';
import { renderingOf, selectorOf } from './read';
import { renderObject } from './representation';
import type { ResourceCall } from './types';

const bookmarkInterval = 60_000;
/** Without `timeoutSeconds` the real server ends a watch after 30 to 60 minutes. */
const minimumTimeout = 1_800_000;

/** One open watch, as the server and the faults handle it. */
export interface OpenWatch {
  resource: string;
  response: ServerResponse;
  /** Ends it in an orderly way, as a timeout does. */
  end(): void;
  /** Keeps the connection but says nothing any more. */
  mute(): void;
  /** Breaks the connection by a TCP reset. */
  reset(): void;
  /** Writes an ERROR event and ends. */
  fail(status: unknown): void;
}

/** Streams changes until the caller goes, the time is over, or the server stops. */
export class WatchStream implements OpenWatch {
  readonly resource: string;
  readonly response: ServerResponse;
  private readonly timers = new Set<Timer>();
  private readonly isSelected: (object: KubernetesObject) => boolean;
  private readonly options: ListOptions;
  private readonly render: (object: KubernetesObject) => unknown;
  private unsubscribe = () => {};
  private isMuted = false;
  private isTableStarted = false;

  /** @throws StatusError for options that do not fit; nothing is written then */
  constructor(private readonly call: ResourceCall, readonly reset: () => void) {
    const { definition, info, response } = call;
    this.resource = definition.resource;
    this.response = response;
    this.options = parseListOptions(info.query, true);
    requireNumber(this.options.resourceVersion);
    const byQuery = selectorOf(call);
    this.isSelected = object =>
      (!info.namespace || object.metadata.namespace === info.namespace) &&
      (!info.name || object.metadata.name === info.name) &&
      byQuery(object);
    const rendering = renderingOf(call);
    this.render = object => renderObject(rendering, object);
  }

  /** @param onClose - called once, however the watch ends */
  start(onClose: () => void): void {
    this.response.writeHead(200, {
      'Cache-Control': 'no-cache, private',
      'Content-Type': 'application/json',
    });
    this.response.flushHeaders();
    this.response.on('close', () => {
      this.stop();
      onClose();
    });
    if (this.replay()) {
      this.unsubscribe = this.call.context.store.subscribe(event =>
        this.forward(event),
      );
      this.setTimers();
    }
  }

  end(): void {
    this.stop();
    this.response.end();
  }

  mute(): void {
    this.isMuted = true;
    this.stop();
  }

  fail(status: unknown): void {
    this.write('ERROR', status);
    this.end();
  }

  private stop(): void {
    this.unsubscribe();
    this.timers.forEach(timer => timer.cancel());
    this.timers.clear();
  }

  /** @returns false when the watch ended at once */
  private replay(): boolean {
    const { store } = this.call.context;
    const { resourceVersion, sendInitialEvents } = this.options;
    const from = Number(resourceVersion || 0);
    const wantsState = sendInitialEvents ?? from === 0;
    if (wantsState) {
      for (const object of store.list(this.call.definition.resource)) {
        if (this.isSelected(object)) {
          this.write('ADDED', this.rendered(object));
        }
      }
      // Version 0 asks for the cache's state, whose end is marked too.
      const hasEnd = sendInitialEvents ?? resourceVersion === '0';
      if (hasEnd && this.options.allowWatchBookmarks) {
        this.bookmark({ 'k8s.io/initial-events-end': 'true' });
      }
      return true;
    }
    const missed = from === 0 ? [] : store.since(from);
    if (!missed) {
      this.fail({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: `too old resource version: ${from} (${store.oldestResourceVersion})`,
        reason: 'Expired',
        code: 410,
      });
      return false;
    }
    missed.forEach(event => this.forward(event));
    return true;
  }

  private forward(event: StoreEvent): void {
    if (event.resource !== this.resource) {
      return;
    }
    const isIn = event.type !== 'DELETED' && this.isSelected(event.object);
    const wasIn =
      event.previous !== undefined && this.isSelected(event.previous);
    if (isIn) {
      this.write(wasIn ? 'MODIFIED' : 'ADDED', this.rendered(event.object));
    } else if (wasIn) {
      this.write('DELETED', this.rendered(leaving(event)));
    }
  }

  private setTimers(): void {
    const { clock, random } = this.call.context;
    const { timeoutSeconds, allowWatchBookmarks } = this.options;
    const timeout = timeoutSeconds
      ? timeoutSeconds * 1000
      : minimumTimeout * (1 + random());
    this.timers.add(clock.after(timeout, () => this.end()));
    if (!allowWatchBookmarks) {
      return;
    }
    // One shortly before the end, so that the next watch starts from a fresh point.
    this.timers.add(
      clock.after(Math.max(0, timeout - 2000), () => this.bookmark()),
    );
    const repeat = () => {
      const timer = clock.after(bookmarkInterval, () => {
        this.timers.delete(timer);
        this.bookmark();
        repeat();
      });
      this.timers.add(timer);
    };
    repeat();
  }

  private bookmark(annotations?: Record<string, string>): void {
    const { store } = this.call.context;
    const { definition } = this.call;
    this.write('BOOKMARK', {
      kind: definition.kind,
      apiVersion: definition.group
        ? `${definition.group}/${definition.version}`
        : definition.version,
      metadata: {
        resourceVersion: String(store.resourceVersion),
        ...(annotations ? { annotations } : {}),
      },
    });
  }

  private rendered(object: KubernetesObject): unknown {
    const result = this.render(object) as { columnDefinitions?: unknown };
    if (!result.columnDefinitions) {
      return result;
    }
    const isFirst = !this.isTableStarted;
    this.isTableStarted = true;
    return isFirst ? result : { ...result, columnDefinitions: null };
  }

  private write(type: string, object: unknown): void {
    if (!this.isMuted && !this.response.writableEnded) {
      this.response.write(`${JSON.stringify({ type, object })}\n`);
    }
  }
}

/** What a watcher sees last: the state that it knew, with the resourceVersion at which it left. */
function leaving({ type, object, previous, resourceVersion }: StoreEvent) {
  return type === 'DELETED'
    ? object
    : {
        ...previous!,
        metadata: {
          ...previous!.metadata,
          resourceVersion: String(resourceVersion),
        },
      };
}

function requireNumber(resourceVersion: string): void {
  if (!/^\d*$/.test(resourceVersion)) {
    throw noReason(
      `resourceVersion: Invalid value: ${JSON.stringify(
        resourceVersion,
      )}: strconv.ParseUint: parsing ${JSON.stringify(
        resourceVersion,
      )}: invalid syntax`,
    );
  }
}
