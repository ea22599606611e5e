import { NotAllowedError } from '@backstage/errors';

/**
 * Backstage does not pass restricted tokens of programs on to other plugins, and what it says of them is not true of those that name the plugin.
 * @returns the error to throw instead of one that came when a token was asked for
 */
export function notPassedOn(error: unknown, plugin: string): unknown {
  const { message, name } = error as Error;
  return name === 'NotAllowedError'
    ? new NotAllowedError(
        `The task cannot use the ${plugin} for whoever started it: ${message}. Backstage does not pass tokens with access restrictions on: start it with one that has none, or call the AKKO API itself.`,
      )
    : error;
}
