import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Where the services of the live instance are, all on this machine. */
export interface ServiceAddresses {
  postgres: { host: string; port: number; password: string };
  objectStorage: { endpoint: string };
}

/** Services that run. */
export interface LiveServices {
  addresses: ServiceAddresses;
  /** Ends them and deletes their data. */
  stop(): Promise<void>;
}

/** Seconds for a machine that is busy with everything else that starts. */
const LONGEST_START = 90;

/**
 * Starts PostgreSQL and object storage for the live instance, in a process of their own.
 * @throws Error that says why they cannot run here, as on a platform that PostgreSQL is not built for
 */
export async function startServices(): Promise<LiveServices> {
  const child = spawn(process.execPath, [require.resolve('./services.mjs')], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const complaints: string[] = [];
  createInterface({ input: child.stderr }).on('line', line => {
    complaints.push(line);
  });
  const ended = new Promise<void>(resolve => child.once('close', resolve));
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  let timer: NodeJS.Timeout | undefined;
  try {
    const line = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('error', reject);
      ended.then(() => reject(new Error(reasonIn(complaints))));
      timer = setTimeout(
        () => reject(new Error(`no answer within ${LONGEST_START} s`)),
        LONGEST_START * 1000,
      );
    });
    return { addresses: JSON.parse(line), stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The last line says what came of it. */
function reasonIn(lines: string[]): string {
  return lines.filter(line => line.trim()).at(-1) ?? 'it ended at once';
}
