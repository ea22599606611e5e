import { createHash } from 'node:crypto';

/** How the secrets begin that are made here; no text has it by chance. */
const MARK = 'q7xcanary';
/** Letters after the mark. */
const LENGTH = 20;

/** Secrets that are planted where the portal can see them, and that no answer may hold. */
export class Canaries {
  private readonly planted = new Map<string, string>();
  private readonly others = new Map<string, string>();

  /** Makes a secret for a place; the same each time. */
  of(place: string): string {
    const hash = createHash('sha256').update(place).digest('hex');
    const value = `${MARK}${hash.slice(0, LENGTH)}`;
    this.planted.set(place, value);
    return value;
  }

  /** Adds a secret that is there already, such as the token of a cluster. */
  add(place: string, value: string): void {
    this.others.set(place, value);
  }

  /** Places whose secret stands in a text: as it is, in other letters, backwards, in hex, or in base64 among other bytes. */
  foundIn(text: string): string[] {
    const isSuspicious = holds(text, MARK);
    return [...(isSuspicious ? this.planted : []), ...this.others]
      .filter(([, value]) => holds(text, value))
      .map(([place]) => place);
  }
}

function holds(text: string, value: string): boolean {
  const lower = text.toLowerCase();
  const { exact, folded } = formsOf(value);
  return (
    folded.some(form => lower.includes(form)) ||
    exact.some(form => text.includes(form))
  );
}

const forms = new Map<string, { exact: string[]; folded: string[] }>();

function formsOf(value: string) {
  const known = forms.get(value) ?? {
    folded: [
      value,
      [...value].reverse().join(''),
      Buffer.from(value).toString('hex'),
    ].map(form => form.toLowerCase()),
    exact: [0, 1, 2].map(shift => base64Core(value, shift)),
  };
  forms.set(value, known);
  return known;
}

/** Base64 of a text that stands after so many bytes, without the letters that depend on its neighbours. */
function base64Core(value: string, shift: number): string {
  const encoded = Buffer.from(`${'x'.repeat(shift)}${value}`).toString(
    'base64',
  );
  return encoded.slice(
    Math.ceil((shift * 8) / 6),
    Math.floor(((shift + value.length) * 8) / 6),
  );
}
