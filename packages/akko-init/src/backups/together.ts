/**
 * Waits for all, also when one fails: nothing goes on unwatched. The failure that came first is thrown, after the others were told to stop.
 * @param stop - aborted at the first failure
 */
export async function together<T extends readonly unknown[]>(
  stop: AbortController,
  works: { [K in keyof T]: Promise<T[K]> },
): Promise<T> {
  const failures: unknown[] = [];
  const results = await Promise.all(
    works.map((work: Promise<unknown>) =>
      work.catch(reason => {
        failures.push(reason);
        stop.abort(reason);
      }),
    ),
  );
  if (failures.length > 0) {
    throw failures[0];
  }
  return results as unknown as T;
}
