import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Fields } from '../store/strategies/types';
import type { ObjectStore } from '../store/types';
import { valuesOf } from './environment';
import type { ContainerStart } from './types';
import { withPaths } from './withPaths';

interface VolumeFile {
  path: string;
  text: string;
  /** A ConfigMap's, in which paths of the container are replaced, too: a config file names other files. */
  isConfig: boolean;
}

/**
 * Writes the files of a container's volumes (ConfigMap, Secret, projected from them; others are empty) below a folder.
 * @returns where each mount path is now
 */
export function writeVolumes(
  { pod, container }: ContainerStart,
  store: ObjectStore,
  folder: string,
): [string, string][] {
  const volumes: Fields[] = (pod.spec as Fields).volumes ?? [];
  const mounts: Fields[] = (container.volumeMounts ?? []).filter(
    (mount: Fields) => volumes.some(({ name }) => name === mount.name),
  );
  const placeOf = (mount: Fields) => join(folder, 'volumes', mount.name);
  const places = mounts.map((mount): [string, string] => [
    mount.mountPath,
    mount.subPath ? join(placeOf(mount), mount.subPath) : placeOf(mount),
  ]);
  const paths = new Map(places);
  for (const mount of mounts) {
    const volume = volumes.find(({ name }) => name === mount.name)!;
    mkdirSync(placeOf(mount), { recursive: true });
    for (const { path, text, isConfig } of filesOf(
      volume,
      pod.metadata.namespace,
      store,
    )) {
      const file = join(placeOf(mount), path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, isConfig ? withPaths(text, paths) : text, {
        mode: 0o600,
      });
    }
  }
  return places;
}

function filesOf(
  volume: Fields,
  namespace: string | undefined,
  store: ObjectStore,
): VolumeFile[] {
  if (volume.projected) {
    return (volume.projected.sources ?? []).flatMap((source: Fields) =>
      filesOf(
        {
          configMap: source.configMap,
          secret: source.secret && {
            ...source.secret,
            secretName: source.secret.name,
          },
        },
        namespace,
        store,
      ),
    );
  }
  const source = volume.configMap ?? volume.secret;
  if (!source) {
    return [];
  }
  const isConfig = Boolean(volume.configMap);
  const object = isConfig
    ? store.get('configmaps', namespace, source.name)
    : store.get('secrets', namespace, source.secretName);
  const values = object ? valuesOf(object) : {};
  const items: Fields[] =
    source.items ?? Object.keys(values).map(key => ({ key, path: key }));
  return items.map(({ key, path }) => ({
    path,
    text: values[key] ?? '',
    isConfig,
  }));
}
