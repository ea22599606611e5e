import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseContext } from './CaseContext';
import type { KubernetesObject } from './types';

/**
 * A chart as older releases have it, with these objects as its templates. Helm runs in the folder around it, so that no path of this machine
 * is in its words.
 */
export async function upgradeOlderChart(
  context: CaseContext,
  release: string,
  objects: readonly KubernetesObject[],
  options: { program?: 'helm' | 'helm3'; signal?: AbortSignal } = {},
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'akko-capture-'));
  try {
    const templates = join(folder, 'akko', 'templates');
    await mkdir(templates, { recursive: true });
    await writeFile(
      join(folder, 'akko', 'Chart.yaml'),
      'apiVersion: v2\nname: akko\nversion: 0.9.2\n',
    );
    for (const object of objects) {
      await writeFile(
        join(templates, `${object.metadata.name}.yaml`),
        JSON.stringify(object),
      );
    }
    await context.helm(
      ['upgrade', '--install', release, './akko', '--timeout=60s'],
      undefined,
      { ...options, cwd: folder },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
