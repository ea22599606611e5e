import type { StoreEvent } from './types';

type Listener = (event: StoreEvent) => void;

/** Tells everybody of every change, in order: a listener that makes a change does not overtake the one it is told of. */
export class Subscribers {
  private readonly listeners = new Set<Listener>();
  private readonly undelivered: StoreEvent[] = [];
  private isDelivering = false;

  /** @returns unsubscribe */
  add(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  publish(event: StoreEvent): void {
    this.undelivered.push(event);
    if (this.isDelivering) {
      return;
    }
    this.isDelivering = true;
    try {
      for (
        let next = this.undelivered.shift();
        next;
        next = this.undelivered.shift()
      ) {
        for (const listener of [...this.listeners]) {
          listener(next);
        }
      }
    } finally {
      this.isDelivering = false;
    }
  }
}
