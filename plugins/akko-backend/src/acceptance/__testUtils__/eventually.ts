/** Asks again until the answer is good. @throws with the last answer when the time is over */
export async function eventually<Value>(
  what: string,
  ask: () => Promise<Value>,
  good: (value: Value) => boolean,
  seconds = 60,
): Promise<Value> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const value = await ask();
    if (good(value)) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `Not within ${seconds} s: ${what}. Last: ${JSON.stringify(value)?.slice(
          0,
          2000,
        )}`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}
