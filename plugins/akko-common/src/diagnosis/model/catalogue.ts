import { JOB_CATALOGUE_SCHEMA } from '../../constants';
import { flag, objects, text, texts } from './loose';
import type { CataloguedFacts } from './types';

/** What a job catalogue (architecture: the job catalogue) says; nothing where it is none. */
export function cataloguedIn(
  json: string,
  namespace: string,
): CataloguedFacts[] {
  let catalogue: unknown;
  try {
    catalogue = JSON.parse(json);
  } catch {
    return [];
  }
  if (text(catalogue, 'schema') !== JOB_CATALOGUE_SCHEMA) {
    return [];
  }
  const release = text(catalogue, 'release') ?? '';
  return (
    [
      ['jobs', 'init'],
      ['backups', 'backup'],
      ['drills', 'drill'],
    ] as const
  ).flatMap(([key, kind]) =>
    objects(catalogue, key).map(entry => ({
      namespace,
      release,
      name: text(entry, 'name') ?? '',
      kind,
      enabled: flag(entry, 'enabled'),
      checksum: text(entry, 'checksum'),
      dependsOn: texts(entry, 'dependsOn'),
    })),
  );
}
