import { Readable } from 'node:stream';

/** The same bytes, with the errors of the stream as this function makes them. */
export function withErrors(
  source: Readable,
  toError: (thrown: unknown) => unknown,
): Readable {
  async function* bytes() {
    try {
      yield* source;
    } catch (thrown) {
      throw toError(thrown);
    }
  }
  return Readable.from(bytes(), { objectMode: false });
}
