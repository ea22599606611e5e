#!/usr/bin/env node
// Starts the portal: sandbox clusters, backend, frontend. Ctrl-C stops all of it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { bootstrap, calledByYarn } from './bootstrap.mjs';
import { requireFreePort, waitForAnswer } from './lib/network.mjs';
import { root, sandboxFolder } from './lib/paths.mjs';
import { startService } from './lib/processes.mjs';

const help = `Starts the portal with simulated clusters.
  --port N           port of the frontend (default 3000)
  --backend-port N   port of the backend (default 7007)
  --no-sandbox       start no simulated clusters; app-config says which clusters there are
  --config FILE      a config file on top of app-config.yaml; may be given again
  --backend-config FILE
                     the same for the backend alone: the pages are not built anew when it changes
  --logs             show all output here (the files are in .sandbox)
`;

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '3000' },
    'backend-port': { type: 'string', default: '7007' },
    'no-sandbox': { type: 'boolean', default: false },
    config: { type: 'string', multiple: true, default: [] },
    'backend-config': { type: 'string', multiple: true, default: [] },
    logs: { type: 'boolean', default: calledByYarn },
    help: { type: 'boolean', default: false },
  },
});

const started = Date.now();
/** Of this portal alone, so that two may run side by side. */
const stateFolder =
  options.port === '3000'
    ? sandboxFolder
    : join(sandboxFolder, `port-${options.port}`);
const kubeconfig = join(stateFolder, 'kubeconfig');
const services = [];
/** Each rejects when its program ends although nobody stopped it. */
const deaths = [];
const stopping = new AbortController();

function say(line) {
  const seconds = String(Math.round((Date.now() - started) / 1000));
  console.log(`${seconds.padStart(4)} s  ${line}`);
}

async function stopAll() {
  stopping.abort();
  // Dependants first, so that none complains about the others' end.
  for (const service of [...services].reverse()) await service.stop();
}

/**
 * @param {RegExp} [failure] what a program that stays there writes when it could not start
 * @param {(line: string) => void} [onLine] hears each line that it writes
 */
function start(name, args, { cwd, env, failure, onLine }) {
  const service = startService(name, 'node', args, {
    cwd,
    env,
    logFile: join(stateFolder, `${name}.log`),
    show: options.logs,
  });
  services.push(service);
  if (onLine) service.onLine(onLine);
  if (failure && !options.logs) {
    const failed = service.writes(failure).then(async () => {
      // The reason is in the lines after it.
      await new Promise(wake => setTimeout(wake, 500));
      throw new Error(
        `${reasonIn(service.tail(), failure)}\n\nAll of it: ${service.logFile}`,
      );
    });
    failed.catch(() => {});
    deaths.push(failed);
  }
  const died = service.ended.then(({ reason }) => {
    if (stopping.signal.aborted) return new Promise(() => {});
    throw new Error(
      `The ${name} ended (${reason}). Its last lines:\n\n${service.tail()}\n\nAll of it: ${
        service.logFile
      }`,
    );
  });
  // It is awaited in a race; an unlucky moment must not end the process before that.
  died.catch(() => {});
  deaths.push(died);
}

/** A failure in a log, without the colours, fields and requests around it. */
function reasonIn(log, failure) {
  const lines = stripVTControlCharacters(log).split('\n');
  const from = lines.findIndex(line => failure.test(line));
  return lines
    .slice(from)
    .filter(line => !line.includes('type="incomingRequest"'))
    .map(line => line.replace(/ type="\w+" .*$/, ''))
    .map((line, index) =>
      index === 0 ? line.slice(line.search(failure)) : line,
    )
    .join('\n');
}

/** Port of the metrics: 9464 beside the frontend's 3000. */
function metricsPort(port) {
  return port + 6464 < 65536 ? String(port + 6464) : 'off';
}

/** Ports and addresses in the form of a config file, so that every one of them follows the options. */
function writeAddressConfig() {
  const frontend = `http://localhost:${options.port}`;
  const backend = `http://localhost:${options['backend-port']}`;
  const file = join(stateFolder, 'address.yaml');
  writeFileSync(
    file,
    JSON.stringify(
      {
        app: { baseUrl: frontend },
        backend: {
          baseUrl: backend,
          listen: { port: Number(options['backend-port']) },
          cors: { origin: frontend },
        },
      },
      null,
      2,
    ),
  );
  return { file, frontend, backend };
}

async function startSandbox(env) {
  writeFileSync(kubeconfig, '');
  start(
    'sandbox',
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      join(root, 'sandbox/src/start.ts'),
      '--write-kubeconfig',
      kubeconfig,
    ],
    {
      cwd: root,
      env,
      // Not a failure of the portal, and nobody would look for it in a log.
      onLine: line => {
        if (line.startsWith('The live instance is not there')) say(line);
      },
    },
  );
  const written = waitUntil(() => readFileSync(kubeconfig, 'utf8') !== '');
  await Promise.race([written, ...deaths]);
}

async function waitUntil(condition) {
  while (!condition()) {
    stopping.signal.throwIfAborted();
    await new Promise(wake => setTimeout(wake, 100));
  }
}

async function main() {
  if (options.help) {
    console.log(help);
    return;
  }
  const port = Number(options.port);
  const backendPort = Number(options['backend-port']);
  await requireFreePort(port, 'the frontend', 'npm start -- --port 3001');
  await requireFreePort(
    backendPort,
    'the backend',
    'npm start -- --backend-port 7008',
  );
  const env = { ...(await bootstrap(say)), NO_COLOR: '1' };
  stopping.signal.throwIfAborted();
  mkdirSync(stateFolder, { recursive: true });

  if (!options['no-sandbox']) {
    say('Starting the simulated clusters');
    await startSandbox(env);
  }

  say('Starting backend and frontend');
  const address = writeAddressConfig();
  const configs = (...more) =>
    ['app-config.yaml', ...options.config, ...more, address.file].flatMap(
      file => ['--config', resolve(root, file)],
    );
  const cli = join(root, 'node_modules/@backstage/cli/bin/backstage-cli');
  for (const [name, folder, config, failure] of [
    [
      'backend',
      'packages/backend',
      configs(...options['backend-config']),
      // It waits for a change of its files then, as developers want it; they see its log.
      /Backend startup failed/,
    ],
    ['frontend', 'packages/app', configs()],
  ]) {
    start(name, [cli, 'package', 'start', ...config], {
      cwd: join(root, folder),
      failure,
      env: {
        // Of this portal alone, as its other ports.
        AKKO_METRICS_PORT: metricsPort(port),
        ...env,
        NODE_ENV: 'development',
        AKKO_SANDBOX_KUBECONFIG: kubeconfig,
      },
    });
  }

  const answers = [
    [
      `${address.backend}/.backstage/health/v1/readiness`,
      'The backend is ready',
    ],
    [address.frontend, 'The frontend is ready'],
  ].map(([url, message]) =>
    waitForAnswer(url, stopping.signal, 300).then(() => say(message)),
  );
  await Promise.race([Promise.all(answers), ...deaths]);
  console.log(
    `\n  Open ${address.frontend}/akko\n\n  Ctrl-C stops all of it.\n`,
  );
  await Promise.race(deaths);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, async () => {
    if (stopping.signal.aborted) return;
    console.log('\nStopping');
    await stopAll();
    process.exit(0);
  });
}

main().catch(async error => {
  if (stopping.signal.aborted) return;
  console.error(`\n${error.message}`);
  await stopAll();
  process.exit(1);
});
