/** A source of changes that tests speak for. */
export function source<Args extends unknown[]>() {
  const listeners = new Set<(...args: Args) => void>();
  return {
    subscribe: (listener: (...args: Args) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell: (...args: Args) => listeners.forEach(listener => listener(...args)),
  };
}
