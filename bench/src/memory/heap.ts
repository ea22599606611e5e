/** Bytes that are still used on the heap after a full collection. Needs `--expose-gc`. */
export async function usedHeap(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    globalThis.gc!();
    await new Promise(setImmediate);
  }
  return process.memoryUsage().heapUsed;
}
