import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const attendant = fileURLToPath(new URL('attend.mjs', import.meta.url));
const onWindows = process.platform === 'win32';

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, capture?: boolean, onLine?: (line: string) => void }} options
 *   `capture` returns stdout instead of showing it; `onLine` hears each line of it as well
 * @returns {Promise<{ code: number, stdout: string }>}
 * @throws Error that names the command when it cannot be started
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      shell: onWindows,
      stdio: ['inherit', options.capture ? 'pipe' : 'inherit', 'inherit'],
    });
    let stdout = '';
    child.stdout?.on('data', chunk => (stdout += chunk));
    if (child.stdout && options.onLine) {
      createInterface({ input: child.stdout }).on('line', options.onLine);
    }
    child.on('error', error =>
      reject(new Error(`${command} cannot be started: ${error.message}`)),
    );
    child.on('close', (code, signal) =>
      resolve({ code: code ?? (signal ? 1 : 0), stdout }),
    );
  });
}

/**
 * Starts a program that runs until it is stopped. Its output goes to a file, and to the terminal with its name in front if `show` is set.
 * @param {string} name
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, logFile: string, show: boolean }} options
 */
export function startService(name, command, args, options) {
  const child = spawn(process.execPath, [attendant, command, ...args], {
    cwd: options.cwd,
    env: options.env,
    // A group of its own, so that its children end with it.
    detached: !onWindows,
    // While its stdin is open, somebody is there.
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const log = createWriteStream(options.logFile);
  const tail = [];
  const lines = new EventEmitter();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', line => {
      log.write(`${line}\n`);
      tail.push(line);
      if (tail.length > 30) tail.shift();
      lines.emit('line', line);
      if (options.show) console.log(`[${name}] ${line}`);
    });
  }
  const ended = new Promise(resolve => {
    child.on('error', error => resolve({ reason: error.message }));
    child.on('exit', (code, signal) =>
      resolve({ reason: signal ? `signal ${signal}` : `exit code ${code}` }),
    );
  });
  return {
    name,
    logFile: options.logFile,
    /** Resolves when the program is gone. */
    ended,
    /** The last lines that it wrote. */
    tail: () => tail.join('\n'),
    /**
     * Calls for each line that it writes from now on.
     * @param {(line: string) => void} listener
     */
    onLine: listener => lines.on('line', listener),
    /**
     * Resolves when it writes a line that matches.
     * @param {RegExp} pattern
     */
    writes: pattern =>
      new Promise(resolve =>
        lines.on('line', line => pattern.test(line) && resolve()),
      ),
    async stop() {
      endGroup(child, 'SIGTERM');
      const deadline = setTimeout(() => endGroup(child, 'SIGKILL'), 8000);
      await ended;
      clearTimeout(deadline);
      // Whatever is left: a program may end before its children.
      endGroup(child, 'SIGKILL');
    },
  };
}

function endGroup(child, signal) {
  if (!child.pid) return;
  try {
    if (onWindows) {
      child.stdin.end();
    } else {
      process.kill(-child.pid, signal);
    }
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
