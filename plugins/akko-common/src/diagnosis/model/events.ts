import type { KubernetesObject } from '../types';
import { number, text, time } from './loose';
import { tidy } from './logLines';
import type { EventFacts } from './types';

export function eventFacts(event: KubernetesObject): EventFacts {
  return {
    type: text(event, 'type') ?? 'Normal',
    reason: text(event, 'reason') ?? '',
    message: tidy(text(event, 'message') ?? text(event, 'note') ?? ''),
    at:
      time(event, 'series', 'lastObservedTime') ??
      time(event, 'lastTimestamp') ??
      time(event, 'deprecatedLastTimestamp') ??
      time(event, 'eventTime') ??
      time(event, 'firstTimestamp') ??
      time(event, 'metadata', 'creationTimestamp'),
    count: number(event, 'series', 'count') ?? number(event, 'count') ?? 1,
    object: {
      kind:
        text(event, 'involvedObject', 'kind') ??
        text(event, 'regarding', 'kind') ??
        '',
      namespace:
        text(event, 'involvedObject', 'namespace') ??
        text(event, 'metadata', 'namespace'),
      name:
        text(event, 'involvedObject', 'name') ??
        text(event, 'regarding', 'name') ??
        '',
    },
    uid:
      text(event, 'involvedObject', 'uid') ?? text(event, 'regarding', 'uid'),
    fieldPath: text(event, 'involvedObject', 'fieldPath'),
  };
}

/** Oldest first; those without a time first. */
export function inOrder<T extends { at?: number }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}
