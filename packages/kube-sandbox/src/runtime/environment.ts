import type { Fields } from '../store/strategies/types';
import type { KubernetesObject, ObjectStore } from '../store/types';
import type { ContainerStart } from './types';

/** A value that a container's environment needs is not there. */
export interface ConfigProblem {
  problem: string;
}

/** Values of a ConfigMap or Secret as text; Secrets are base64 in the API. */
export function valuesOf(object: KubernetesObject): Record<string, string> {
  const { data = {}, stringData = {} } = object as unknown as Fields;
  const decoded =
    object.kind === 'Secret'
      ? Object.entries(data).map(([key, value]) => [
          key,
          Buffer.from(String(value), 'base64').toString('utf8'),
        ])
      : Object.entries(data);
  return { ...Object.fromEntries(decoded), ...stringData };
}

export function isConfigProblem(
  result: ConfigProblem | { env: Record<string, string> },
): result is ConfigProblem {
  return 'problem' in result;
}

/** The environment of a container, from values, ConfigMaps, Secrets and fields of its pod. */
export function environmentOf(
  { pod, container }: ContainerStart,
  store: ObjectStore,
): ConfigProblem | { env: Record<string, string> } {
  const { namespace } = pod.metadata;
  const env: Record<string, string> = {};
  for (const source of container.envFrom ?? []) {
    const kind = source.secretRef ? 'secret' : 'configmap';
    const ref = source.secretRef ?? source.configMapRef;
    const object = store.get(`${kind}s`, namespace, ref.name);
    if (!object && !ref.optional) {
      return { problem: `${kind} "${ref.name}" not found` };
    }
    for (const [key, value] of Object.entries(object ? valuesOf(object) : {})) {
      env[`${source.prefix ?? ''}${key}`] = value;
    }
  }
  for (const variable of container.env ?? []) {
    const value = valueOf(variable, pod, store);
    if (typeof value === 'object') {
      return value;
    }
    if (value !== undefined) {
      env[variable.name] = value.replace(
        /\$\(([\w.-]+)\)/g,
        (whole, name) => env[name] ?? whole,
      );
    }
  }
  return { env };
}

function valueOf(
  { value, valueFrom }: Fields,
  pod: KubernetesObject,
  store: ObjectStore,
): string | undefined | ConfigProblem {
  if (!valueFrom) {
    return value ?? '';
  }
  if (valueFrom.fieldRef) {
    return fieldOf(pod, valueFrom.fieldRef.fieldPath);
  }
  const ref = valueFrom.secretKeyRef ?? valueFrom.configMapKeyRef;
  if (!ref) {
    return undefined;
  }
  const kind = valueFrom.secretKeyRef ? 'secret' : 'configmap';
  const { namespace } = pod.metadata;
  const object = store.get(`${kind}s`, namespace, ref.name);
  const found = object && valuesOf(object)[ref.key];
  if (found !== undefined || ref.optional) {
    return found;
  }
  return {
    problem: object
      ? `couldn't find key ${ref.key} in ${
          kind === 'secret' ? 'Secret' : 'ConfigMap'
        } ${namespace}/${ref.name}`
      : `${kind} "${ref.name}" not found`,
  };
}

function fieldOf(pod: KubernetesObject, path: string): string {
  const labelled = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (labelled) {
    const [, field, key] = labelled as unknown as [
      string,
      'labels' | 'annotations',
      string,
    ];
    return pod.metadata[field]?.[key] ?? '';
  }
  const found = path
    .split('.')
    .reduce<unknown>((value, key) => (value as Fields)?.[key], pod);
  return found === undefined ? '' : String(found);
}
