import type { OperationStore } from '../OperationStore';
import type { StepPhase, StepRecord } from '../steps';

/**
 * The store as a replica sees it that dies when a step reaches a phase: from then on its calls have no effect and never end.
 * @param when - whether the phase is stored before the death
 * @param onDeath - called once
 */
export function dyingStore(
  store: OperationStore,
  phase: StepPhase,
  when: 'before it is stored' | 'after it is stored',
  onDeath: () => void,
): OperationStore {
  const never = new Promise<never>(() => {});
  let dead = false;
  return new Proxy(store, {
    get(target, name: keyof OperationStore) {
      return async (...args: unknown[]) => {
        if (dead) {
          return never;
        }
        const isLast =
          name === 'saveStep' && (args[2] as StepRecord).phase === phase;
        dead = isLast;
        const act = target[name].bind(target) as (...all: unknown[]) => unknown;
        if (!isLast) {
          return act(...args);
        }
        if (when === 'after it is stored') {
          await act(...args);
        }
        onDeath();
        return never;
      };
    },
  });
}
