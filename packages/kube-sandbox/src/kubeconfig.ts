import { stringify } from 'yaml';

/** How to reach one cluster. */
export interface KubeconfigEntry {
  name: string;
  url: string;
  token: string;
  /** PEM. */
  caCertificate?: string;
}

/** A kubeconfig file's text; context, cluster and user of a cluster have its name. The first one is current. */
export function kubeconfigOf(entries: KubeconfigEntry[]): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': entries[0]?.name ?? '',
    clusters: entries.map(({ name, url, caCertificate }) => ({
      name,
      cluster: {
        server: url,
        ...(caCertificate
          ? {
              'certificate-authority-data':
                Buffer.from(caCertificate).toString('base64'),
            }
          : {}),
      },
    })),
    users: entries.map(({ name, token }) => ({ name, user: { token } })),
    contexts: entries.map(({ name }) => ({
      name,
      context: { cluster: name, user: name },
    })),
  });
}
