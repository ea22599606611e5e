import { runJobHere, type RunHere } from './runJobHere';

/** How a job failed, as far as a table of faults tells it. */
export interface Fault {
  code?: string;
  exitCode: number;
  message?: string;
  /** Whether it says what to do. */
  hasNextStep: boolean;
  /** Whether a value of its environment stands in the log or in the report. */
  tellsSecret: boolean;
}

/**
 * Runs a job that shall fail.
 * @param secretNames - the environment variables whose values are secret
 */
export async function faultOf(
  command: string,
  options: RunHere,
  secretNames: readonly string[],
): Promise<Fault> {
  const { exitCode, report, log } = await runJobHere(command, options);
  const told = log + JSON.stringify(report);
  const { code, message, nextStep } = report?.error ?? {};
  return {
    code,
    exitCode,
    message,
    hasNextStep: Boolean(nextStep),
    tellsSecret: secretNames.some(name => {
      const value = options.env?.[name];
      return Boolean(value) && told.includes(value!);
    }),
  };
}
