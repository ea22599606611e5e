import type { OpenWatch } from '../server/watch';

/** Which requests a fault hits, and what it does to them. */
export interface Fault {
  /** As RBAC names it: `get`, `list`, `watch`, `create`, …; default: every verb. */
  verb?: string;
  /** Plural; default: every resource. */
  resource?: string;
  /**
   * - `status`: an error answer of code {@link status}
   * - `drop`: the connection ends without an answer; a watch ends in the middle
   * - `reset`: the same by TCP reset
   * - `hang`: nothing is ever answered; a watch says nothing any more (a half-open connection)
   * - `latency`: waits {@link milliseconds}, then goes on
   * - `watch-error-event`: a watch starts well and then says ERROR with {@link status}
   *
   * `drop`, `reset`, `hang` and `watch-error-event` hit matching watches that are already open, too.
   */
  kind: 'status' | 'drop' | 'hang' | 'latency' | 'watch-error-event' | 'reset';
  /** HTTP code; default 500, of `watch-error-event` 410. */
  status?: number;
  /** Sent as `Retry-After`. */
  retryAfterSeconds?: number;
  /** Of `latency`. */
  milliseconds?: number;
  /** How many requests it hits; default: all until cleared. */
  times?: number;
}

interface ActiveFault {
  fault: Fault;
  left: number;
}

/** Breaks a cluster on purpose. */
export class FaultInjector {
  private active: ActiveFault[] = [];

  /**
   * @param openWatches - the watches that are open now
   * @param setRefusing - closes and opens the port
   */
  constructor(
    private readonly openWatches: () => OpenWatch[],
    private readonly setRefusing: (refuse: boolean) => Promise<void>,
  ) {}

  /** @returns a handle that ends the fault */
  inject(fault: Fault): { clear(): void } {
    const entry: ActiveFault = { fault, left: fault.times ?? Infinity };
    this.active.push(entry);
    for (const watch of this.openWatches()) {
      if (entry.left > 0 && matches(fault, 'watch', watch.resource)) {
        entry.left -= breakWatch(watch, fault) ? 1 : 0;
      }
    }
    return {
      clear: () => {
        this.active = this.active.filter(other => other !== entry);
      },
    };
  }

  /** Takes the port away (`ECONNREFUSED`) with all connections, or gives it back. */
  async refuseConnections(refuse: boolean): Promise<void> {
    await this.setRefusing(refuse);
  }

  /** Breaks the connection of every open watch, once. */
  dropWatches(): void {
    for (const watch of this.openWatches()) {
      watch.response.destroy();
    }
  }

  /** Ends all faults that were injected. Refused connections stay refused. */
  clear(): void {
    this.active = [];
  }

  /** The faults that hit this request, each counted. */
  take(verb: string, resource: string): Fault[] {
    const hits = this.active.filter(
      ({ fault, left }) =>
        left > 0 &&
        matches(fault, verb, resource) &&
        (fault.kind !== 'watch-error-event' || verb === 'watch'),
    );
    // A delay adds to what comes; of the others only the first can happen.
    const first = hits.find(({ fault }) => fault.kind !== 'latency');
    const taken = hits.filter(
      entry => entry.fault.kind === 'latency' || entry === first,
    );
    taken.forEach(entry => entry.left--);
    return taken.map(({ fault }) => fault);
  }
}

function matches(fault: Fault, verb: string, resource: string): boolean {
  return (
    (fault.verb === undefined || fault.verb === verb) &&
    (fault.resource === undefined || fault.resource === resource)
  );
}

/** @returns whether this kind of fault can hit a watch that is open */
function breakWatch(watch: OpenWatch, fault: Fault): boolean {
  switch (fault.kind) {
    case 'drop':
      watch.response.destroy();
      return true;
    case 'reset':
      watch.reset();
      return true;
    case 'hang':
      watch.mute();
      return true;
    case 'watch-error-event':
      watch.fail(faultStatus(fault));
      return true;
    default:
      return false;
  }
}

const wordings: Record<number, [reason: string, message: string]> = {
  401: ['Unauthorized', 'Unauthorized'],
  403: ['Forbidden', 'forbidden: refused by a fault of the sandbox'],
  410: ['Expired', 'too old resource version: 1 (2)'],
  429: [
    'TooManyRequests',
    'the server has received too many requests and has asked us to try again later',
  ],
  500: [
    'InternalError',
    'Internal error occurred: etcdserver: request timed out',
  ],
  503: [
    'ServiceUnavailable',
    'the server is currently unable to handle the request',
  ],
  504: ['Timeout', 'the server was unable to return a response in time'],
};

/** The Status that a fault answers with. */
export function faultStatus(fault: Fault) {
  const code = fault.status ?? (fault.kind === 'watch-error-event' ? 410 : 500);
  const [reason, message] = wordings[code] ?? [
    'Unknown',
    `an error on the server ("fault of the sandbox") has prevented the request from succeeding`,
  ];
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    ...(fault.retryAfterSeconds === undefined
      ? {}
      : { details: { retryAfterSeconds: fault.retryAfterSeconds } }),
    code,
  };
}
