import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Fields } from '../store/strategies/types';
import type { ObjectStore } from '../store/types';
import { valuesOf } from './environment';
import type { ContainerStart } from './types';

/**
 * Writes the files of a container's volumes (ConfigMap, Secret; others are empty) below a folder.
 * @returns where each mount path is now
 */
export function writeVolumes(
  { pod, container }: ContainerStart,
  store: ObjectStore,
  folder: string,
): [string, string][] {
  const volumes: Fields[] = (pod.spec as Fields).volumes ?? [];
  return (container.volumeMounts ?? []).flatMap((mount: Fields) => {
    const volume = volumes.find(({ name }) => name === mount.name);
    if (!volume) {
      return [];
    }
    const at = join(folder, 'volumes', mount.name);
    mkdirSync(at, { recursive: true });
    const files = filesOf(volume, pod.metadata.namespace, store);
    for (const [path, text] of Object.entries(files)) {
      const file = join(at, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { mode: 0o600 });
    }
    const target = mount.subPath ? join(at, mount.subPath) : at;
    return [[mount.mountPath, target] as [string, string]];
  });
}

function filesOf(
  volume: Fields,
  namespace: string | undefined,
  store: ObjectStore,
): Record<string, string> {
  const source = volume.configMap ?? volume.secret;
  if (!source) {
    return {};
  }
  const object = volume.configMap
    ? store.get('configmaps', namespace, source.name)
    : store.get('secrets', namespace, source.secretName);
  const values = object ? valuesOf(object) : {};
  return source.items
    ? Object.fromEntries(
        source.items.map(({ key, path }: Fields) => [path, values[key] ?? '']),
      )
    : values;
}
