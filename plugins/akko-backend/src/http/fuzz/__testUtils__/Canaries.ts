import { createHash } from 'node:crypto';

/** Letters of a canary; it is long enough that none comes up by chance. */
const LENGTH = 24;

/** Secrets that are planted where the portal can see them, and that no answer may hold. */
export class Canaries {
  private readonly values = new Map<string, string>();

  /** A secret for a place, the same each time. */
  of(place: string): string {
    const value = createHash('sha256')
      .update(place)
      .digest('hex')
      .slice(0, LENGTH);
    this.values.set(place, value);
    return value;
  }

  /** A secret that is there already, such as the token of a cluster. @returns it */
  known(place: string, value: string): string {
    this.values.set(place, value);
    return value;
  }

  /** Places whose secret stands in a text: as it is, in capitals, backwards, in hex or in base64 among other bytes. */
  foundIn(text: string): string[] {
    const lower = text.toLowerCase();
    return [...this.forms()]
      .filter(([, form, isExact]) =>
        (isExact ? text : lower).includes(isExact ? form : form.toLowerCase()),
      )
      .map(([place]) => place);
  }

  private *forms(): Generator<[place: string, form: string, isExact: boolean]> {
    for (const [place, value] of this.values) {
      yield [place, value, false];
      yield [place, [...value].reverse().join(''), false];
      yield [place, Buffer.from(value).toString('hex'), false];
      for (const shift of [0, 1, 2]) {
        yield [place, base64Core(value, shift), true];
      }
    }
  }
}

/** Base64 of a text that stands after some bytes, without the letters that depend on its neighbours. */
function base64Core(value: string, shift: number): string {
  const encoded = Buffer.from(`${'x'.repeat(shift)}${value}xx`).toString(
    'base64',
  );
  const from = Math.ceil((shift * 8) / 6);
  return encoded.slice(from, from + Math.floor((value.length * 8) / 6) - 2);
}
