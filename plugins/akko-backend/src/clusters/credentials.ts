import { existsSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { resolve } from 'node:path';
import { KubeConfig, type User } from '@kubernetes/client-node';
import type { ClusterAccess } from '../config';

/** What one connection to an API server needs. Never logged. */
export interface Credentials {
  /** Origin and, behind some proxies, a base path. */
  server: URL;
  headers: Record<string, string>;
  tls: {
    ca?: string | Buffer;
    cert?: string | Buffer;
    key?: string | Buffer;
    servername?: string;
  };
}

/**
 * Loads the configuration of a cluster from its source: files are read now.
 * @throws Error that says what is wrong with the source and what to do; never with a secret
 */
export function loadKubeConfig(access: ClusterAccess): KubeConfig {
  const kubeConfig = new KubeConfig();
  if (access.type === 'kubeconfig') {
    loadFile(kubeConfig, access.file, access.context);
  } else if (access.type === 'inCluster') {
    if (
      !process.env.KUBERNETES_SERVICE_HOST ||
      !process.env.KUBERNETES_SERVICE_PORT
    ) {
      throw new Error(
        'inCluster is set, but this process does not run in a pod (KUBERNETES_SERVICE_HOST is not set); give kubeconfig or url',
      );
    }
    kubeConfig.loadFromCluster();
  } else {
    kubeConfig.loadFromClusterAndUser(
      {
        name: 'cluster',
        server: access.url,
        caData: access.caData && asBase64(access.caData),
        caFile: access.caFile,
        skipTLSVerify: false,
      },
      userOf(access),
    );
  }
  const cluster = kubeConfig.getCurrentCluster();
  if (cluster?.server.startsWith('http:')) {
    // Without TLS there is nothing to verify, but client-node wants to be told.
    kubeConfig.clusters = kubeConfig.clusters.map(entry =>
      entry.name === cluster.name ? { ...entry, skipTLSVerify: true } : entry,
    );
  }
  return kubeConfig;
}

/**
 * Turns the current context into what a request needs: runs exec plugins, reads token files, certificates and keys.
 * @throws Error where a file cannot be read or a plugin fails
 */
export async function resolveCredentials(
  kubeConfig: KubeConfig,
): Promise<Credentials> {
  const cluster = kubeConfig.getCurrentCluster();
  if (!cluster) {
    throw new Error('the kubeconfig has no cluster for its context');
  }
  const options: RequestOptions = { headers: {} };
  await kubeConfig.applyToHTTPSOptions(options);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    // Token files mostly end with a line break, which no header may have.
    headers[name.toLowerCase()] = String(value).trim();
  }
  if (options.auth) {
    const encoded = Buffer.from(options.auth).toString('base64');
    headers.authorization = `Basic ${encoded}`;
  }
  return {
    server: new URL(cluster.server),
    headers,
    tls: {
      ca: options.ca as Buffer | undefined,
      cert: options.cert as Buffer | string | undefined,
      key: options.key as Buffer | string | undefined,
      servername: cluster.tlsServerName,
    },
  };
}

function loadFile(
  kubeConfig: KubeConfig,
  path: string,
  context: string | undefined,
): void {
  // Whoever reads the error may not know from which folder the portal was started.
  const file = resolve(path);
  if (!existsSync(file)) {
    throw new Error(
      `the kubeconfig file ${file} is not there; create it, or correct kubeconfig.file`,
    );
  }
  try {
    kubeConfig.loadFromFile(file);
  } catch (cause) {
    // Only the first line: a YAML error goes on with a piece of the file.
    const [reason] = String((cause as Error).message).split('\n');
    throw new Error(`the kubeconfig file ${file} cannot be read: ${reason}`, {
      cause,
    });
  }
  const names = kubeConfig.getContexts().map(entry => entry.name);
  if (context) {
    kubeConfig.setCurrentContext(context);
  }
  if (!names.includes(kubeConfig.getCurrentContext())) {
    throw new Error(
      `the kubeconfig file ${file} has no context '${kubeConfig.getCurrentContext()}' (there: ${names.join(
        ', ',
      )}); correct kubeconfig.context`,
    );
  }
  const cluster = kubeConfig.getCurrentCluster();
  if (!cluster || !URL.canParse(cluster.server)) {
    throw new Error(
      `the kubeconfig file ${file} has no server for context '${kubeConfig.getCurrentContext()}'; correct the file`,
    );
  }
  if (cluster.skipTLSVerify && cluster.server.startsWith('https:')) {
    throw new Error(
      `the kubeconfig file ${file} has insecure-skip-tls-verify, which is not supported; give certificate-authority-data instead`,
    );
  }
  if (cluster.proxyUrl) {
    throw new Error(
      `the kubeconfig file ${file} has a proxy-url, which is not supported; give an address that is reachable directly`,
    );
  }
}

function userOf(access: { token?: string; tokenFile?: string }): User {
  return {
    name: 'user',
    token: access.token,
    authProvider: access.tokenFile
      ? { name: 'tokenFile', config: { tokenFile: access.tokenFile } }
      : undefined,
  };
}

function asBase64(pem: string): string {
  return pem.includes('-----BEGIN') ? Buffer.from(pem).toString('base64') : pem;
}
