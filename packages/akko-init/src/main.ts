import { runProgram } from './cli';

const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => stop.abort(signal));
}

runProgram(process.argv.slice(2), {
  env: process.env,
  stop: stop.signal,
}).then(
  exitCode => {
    // Connections that a client keeps open must not keep the pod.
    process.stdout.write('', () => process.exit(exitCode));
  },
  error => {
    process.stderr.write(`akko-init failed: ${error.message}\n`, () =>
      process.exit(70),
    );
  },
);
