import { createServer, type Server, type ServerResponse } from 'node:http';
import type { CaseContext } from './CaseContext';

/**
 * The node's containerd asks a mirror at this port of its own machine for every image (hosts.toml or `registry.mirrors` with `*`), and this program
 * runs on that machine. Nothing listens there otherwise, which is how a registry that cannot be reached is made.
 */
export const REGISTRY_PORT = Number(process.env.CAPTURE_REGISTRY_PORT ?? 5999);

type Answer = (response: ServerResponse, path: string) => void;

const registries = new Map<string, Answer>();
let listening: Promise<Server> | undefined;

/**
 * A registry that refuses everything in one way, until the case is over. Registries of other names stay out of reach.
 * @param host - its name, as images have it
 * @param answer - what it says to a question about an image
 */
export async function startRegistry(
  context: CaseContext,
  host: string,
  answer: Answer,
): Promise<void> {
  registries.set(host, answer);
  context.atEnd(async () => {
    registries.delete(host);
    if (!registries.size) {
      const server = await listening;
      listening = undefined;
      server?.closeAllConnections();
      server?.close();
    }
  });
  listening ??= listen();
  await listening;
}

async function listen(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    // containerd names the registry that it asks the mirror for.
    const asked = new URL(request.url ?? '/', 'http://localhost');
    const answer = registries.get(asked.searchParams.get('ns') ?? '');
    if (answer) {
      answer(response, request.url ?? '');
    } else {
      request.socket.destroy();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(REGISTRY_PORT, '127.0.0.1', resolve);
  });
  return server;
}

/** An error as registries write it (OCI distribution specification, error codes). */
export function registryError(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'docker-distribution-api-version': 'registry/2.0',
    ...headers,
  });
  response.end(JSON.stringify({ errors: [{ code, message, detail: null }] }));
}
