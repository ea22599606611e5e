/**
 * Starts the backend, and ends the process when that fails. Backstage would go on without being ready, for ever; whatever runs the process starts
 * it again when it ends.
 */
export async function startOrExit(
  backend: { start(): Promise<unknown> },
  exit: (code: number) => void = process.exit,
): Promise<void> {
  try {
    await backend.start();
  } catch (error) {
    process.stderr.write(
      `The portal cannot start: ${(error as Error).message}\n`,
    );
    exit(1);
  }
}
