import { useEffect, useRef, useState, type RefObject } from 'react';

/** Where the browser cannot tell, in pixels. */
const ASSUMED = 640;

/** The width of an element, also when it changes; undefined until it is measured. */
export function useWidth<Measured extends HTMLElement>(): [
  RefObject<Measured>,
  number | undefined,
] {
  const place = useRef<Measured>(null);
  const [width, setWidth] = useState<number>();
  useEffect(() => {
    const element = place.current;
    if (!element || typeof ResizeObserver === 'undefined') {
      setWidth(ASSUMED);
      return undefined;
    }
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, []);
  return [place, width];
}
