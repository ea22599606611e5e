import { useState } from 'react';

let last = 0;

/** An id that no other element has. React 17 has no `useId`. */
export function useUniqueId(): string {
  const [id] = useState(() => `akko-${++last}`);
  return id;
}
