import { connect } from 'node:net';

/**
 * Refuses to go on when somebody already listens.
 * @param {number} port
 * @param {string} purpose what we need it for, in words
 * @param {string} option the option that chooses another one
 * @throws Error that names the port and how to go on
 */
export async function requireFreePort(port, purpose, option) {
  const taken = await Promise.all(
    ['127.0.0.1', '::1'].map(host => answers(host, port)),
  );
  if (taken.includes(true)) {
    throw new Error(
      `Port ${port}, which ${purpose} needs, is taken by another program. End that program, or choose another port: ${option}`,
    );
  }
}

function answers(host, port) {
  return new Promise(resolve => {
    const socket = connect({ host, port, timeout: 1000 });
    const finish = answer => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => finish(true));
    socket.on('timeout', () => finish(false));
    socket.on('error', () => finish(false));
  });
}

/**
 * Waits until a GET is answered with 2xx.
 * @param {string} url
 * @param {AbortSignal} signal ends the wait
 * @param {number} seconds at most
 * @throws Error that names the address and its last answer
 */
export async function waitForAnswer(url, signal, seconds) {
  const deadline = Date.now() + seconds * 1000;
  let last = 'no answer';
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    try {
      const response = await fetch(url, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(60_000)]),
      });
      await response.arrayBuffer();
      if (response.ok) return;
      last = `status ${response.status}`;
    } catch (error) {
      last = error.cause?.code ?? error.message;
    }
    await new Promise(resolve => setTimeout(resolve, 300));
  }
  throw new Error(`${url} does not answer after ${seconds} s: ${last}`);
}
