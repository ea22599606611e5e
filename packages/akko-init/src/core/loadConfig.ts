import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { JobError } from './JobError';

/** What every job's configuration has. */
export const commonConfig = {
  /** Seconds to wait until a service is ready, per service. */
  waitSeconds: z.number().positive().default(120),
  /** Seconds after which the job gives up by itself, so that it can still say why. */
  deadlineSeconds: z.number().positive().default(840),
};

/** Host and port of a service. */
export const hostAndPort = {
  host: z.string().min(1),
  port: z.number().int().min(1).max(65535),
};

/** Base address of a service over HTTP, without a slash at its end. */
export const baseUrl = z
  .url({ protocol: /^https?$/ })
  .transform(url => url.replace(/\/+$/, ''));

/**
 * Reads a job's configuration: YAML or JSON.
 * @throws JobError `misconfigured`, naming the file, every field that is wrong, and why
 */
export function loadConfig<Schema extends z.ZodType>(
  schema: Schema,
  file: string | undefined,
): z.output<Schema> {
  const name = file ?? 'the built-in configuration';
  const result = schema.safeParse(file ? readYaml(file) : {});
  if (!result.success) {
    const problems = result.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'the file'}: ${message}`,
    );
    throw new JobError({
      code: 'misconfigured',
      message: `The configuration in ${name} is not valid: ${problems.join(
        '; ',
      )}.`,
      nextStep: file
        ? "Correct the chart's values that it is rendered from, then run the job again."
        : 'Give one with --config FILE.',
    });
  }
  return result.data;
}

function readYaml(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new JobError({
      code: 'misconfigured',
      message: `The configuration ${file} cannot be read: ${
        (error as NodeJS.ErrnoException).code
      }.`,
      nextStep:
        'Name a file that is there with --config FILE; in a cluster, check that the ConfigMap is mounted.',
      cause: error,
    });
  }
  try {
    return parse(text) ?? {};
  } catch (error) {
    const { message } = error as YAMLParseError;
    throw new JobError({
      code: 'misconfigured',
      message: `The configuration ${file} is not YAML: ${
        message.split('\n')[0]
      }`,
      nextStep: 'Correct it, then run the job again.',
      cause: error,
    });
  }
}
