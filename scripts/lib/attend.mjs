// Runs a program for as long as its caller is there. When the caller is gone, even by SIGKILL, stdin ends, and so does the whole group.
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.on('error', error => {
  console.error(`${command} cannot be started: ${error.message}`);
  process.exit(1);
});
child.on('exit', code => process.exit(code ?? 1));

// The program hears it too, as it is in the same group, and takes its time to end.
process.on('SIGTERM', () => {});

process.stdin.resume();
process.stdin.on('close', () => {
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']);
  } else {
    process.kill(-process.pid, 'SIGKILL');
  }
});
