/** Calls again and again, but not in a tab that nobody looks at. @returns stop */
export function visibleInterval(
  callback: () => void,
  milliseconds: number,
): () => void {
  const handle = setInterval(() => {
    if (document.visibilityState === 'visible') {
      callback();
    }
  }, milliseconds);
  return () => clearInterval(handle);
}
