import type { Clock } from '../clock/types';
import { timestamp } from '../store/objects';
import type { KubernetesObject, ObjectStore } from '../store/types';

/** Writes core/v1 Events as the controllers and the kubelet do; a repeated one counts up. */
export class EventRecorder {
  private readonly written = new Map<string, string>();

  constructor(
    private readonly options: {
      store: ObjectStore;
      clock: Clock;
      /** Such as `job-controller`. */
      component: string;
    },
  ) {}

  /**
   * @param host - the node, for the kubelet's events
   * @param fieldPath - the container that it is about, such as `spec.containers{main}`
   */
  record(
    about: KubernetesObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    host?: string,
    { fieldPath }: { fieldPath?: string } = {},
  ): void {
    const { store, clock, component } = this.options;
    const { namespace, name, uid } = about.metadata;
    const now = timestamp(clock.now());
    const key = [uid, reason, message, fieldPath].join('\n');
    const known = this.written.get(key);
    if (known && store.get('events', namespace, known)) {
      store.update('events', namespace, known, event => ({
        ...event,
        count: Number(event.count ?? 1) + 1,
        lastTimestamp: now,
      }));
      return;
    }
    if (
      store.get('namespaces', undefined, namespace!)?.metadata.deletionTimestamp
    ) {
      return;
    }
    const event = store.create('events', {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        namespace,
        name: `${name}.${eventId(clock.now(), this.written.size)}`,
      },
      involvedObject: {
        apiVersion: about.apiVersion,
        kind: about.kind,
        namespace,
        name,
        uid,
        resourceVersion: about.metadata.resourceVersion,
        ...(fieldPath ? { fieldPath } : {}),
      },
      type,
      reason,
      message,
      count: 1,
      firstTimestamp: now,
      lastTimestamp: now,
      source: { component, ...(host ? { host } : {}) },
      reportingComponent: component,
      reportingInstance: host ?? '',
    });
    this.written.set(key, event.metadata.name);
  }
}

function eventId(now: number, count: number): string {
  return (BigInt(now) * 1_000_000n + BigInt(count)).toString(16);
}
