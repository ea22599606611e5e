import { useRef } from 'react';

/** The value, or the last one that was not undefined. */
export function useLast<Value>(value: Value | undefined): Value | undefined {
  const last = useRef(value);
  if (value !== undefined) {
    last.current = value;
  }
  return value ?? last.current;
}
