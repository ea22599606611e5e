const LONGEST = 20_000;

/** Asks again until the answer is as it should be. @throws what `check` says of the last answer when the time is over */
export async function eventually<Value>(
  ask: () => Promise<Value>,
  check: (value: Value) => void,
): Promise<void> {
  const deadline = Date.now() + LONGEST;
  for (;;) {
    const value = await ask();
    try {
      check(value);
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
