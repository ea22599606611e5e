import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { JobError } from './JobError';

/** Where a secret value comes from. Secret and key are those of Kubernetes, for the words of an error. */
export const secretSource = z.strictObject({
  /** Environment variable that holds it. */
  env: z.string().optional(),
  /** File that holds it; wins over `env`. */
  file: z.string().optional(),
  /** Name of the Kubernetes Secret that it is taken from. */
  secret: z.string().optional(),
  /** Key in that Secret. */
  key: z.string().optional(),
});

/** See {@link secretSource}. */
export type SecretSource = z.infer<typeof secretSource>;

const MASK = '***';
/** Shorter ones would mask half of every text. */
const SHORTEST_MASKED = 4;

/** Reads secrets, remembers them, and keeps them out of every text that leaves the program. */
export class Secrets {
  private readonly known = new Set<string>();

  constructor(private readonly env: Readonly<NodeJS.ProcessEnv>) {}

  /**
   * The value of a secret.
   * @throws JobError `misconfigured`, when it is not there or empty
   */
  read(source: SecretSource, what: string): string {
    const value = this.readPublic(source, what);
    this.remember(value);
    return value;
  }

  /**
   * A value that is kept beside a secret and is none: a user name, an access key id. It may stand in texts, where it is often a word of its own.
   * @throws JobError `misconfigured`, when it is not there or empty
   */
  readPublic(source: SecretSource, what: string): string {
    const value = this.raw(source);
    if (!value) {
      const { secret, key, env, file } = source;
      const place = secret
        ? `Secret ${secret}, key ${key ?? '?'}`
        : (file && `file ${file}`) ??
          (env && `environment variable ${env}`) ??
          'no place at all';
      throw new JobError({
        code: 'misconfigured',
        message: `The ${what} is missing: ${place} is not there or empty.`,
        nextStep: secret
          ? `Create it (kubectl get secret ${secret} shows what is there), or name another in the chart's values; then run the job again.`
          : 'Set it, then run the job again.',
      });
    }
    return value;
  }

  /** The value of a secret, or undefined when it is not there or empty. */
  find(source: SecretSource | undefined): string | undefined {
    const value = this.raw(source);
    if (value && value.length >= SHORTEST_MASKED) {
      this.known.add(value);
    }
    return value || undefined;
  }

  /** Keeps a value out of texts that was not read here: a token, for example. */
  remember(value: string): void {
    if (value.length >= SHORTEST_MASKED) {
      this.known.add(value);
    }
  }

  /** The text without any of the known secrets. */
  mask(text: string): string {
    let masked = text;
    for (const value of [...this.known].sort((a, b) => b.length - a.length)) {
      for (const form of new Set([
        value,
        encodeURIComponent(value),
        JSON.stringify(value).slice(1, -1),
      ])) {
        masked = masked.replaceAll(form, MASK);
      }
    }
    return masked;
  }

  private raw(source: SecretSource | undefined): string | undefined {
    if (source?.file) {
      try {
        // Editors end files with a line break that is not part of the secret.
        return readFileSync(source.file, 'utf8').replace(/\r?\n$/, '');
      } catch {
        return undefined;
      }
    }
    return source?.env ? this.env[source.env] : undefined;
  }
}
