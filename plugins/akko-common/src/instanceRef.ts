/** Address of an AKKO instance. @public */
export interface InstanceRef {
  /** Name of the cluster in the configuration. */
  cluster: string;
  /** Kubernetes namespace. */
  namespace: string;
  /** Helm release. */
  release: string;
}

/** Writes a ref as `cluster/namespace/release`. @public */
export function stringifyInstanceRef(ref: InstanceRef): string {
  return `${ref.cluster}/${ref.namespace}/${ref.release}`;
}

/** Reads `cluster/namespace/release`; undefined where the text is no such thing. @public */
export function parseInstanceRef(text: string): InstanceRef | undefined {
  const parts = text.trim().split('/');
  if (parts.length !== 3 || parts.some(part => part === '')) {
    return undefined;
  }
  const [cluster, namespace, release] = parts;
  return { cluster, namespace, release };
}
