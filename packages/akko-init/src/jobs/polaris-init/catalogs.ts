import { JobError } from '../../core/JobError';
import type { CatalogConfig } from './config';
import { POLARIS, wordsOf, type PolarisClient } from './PolarisClient';

const CATALOGS = '/api/management/v1/catalogs';
const BASE_LOCATION = 'default-base-location';

/** A catalog as Polaris' management API takes and tells it. */
export interface Catalog {
  name: string;
  type: 'INTERNAL';
  properties: Record<string, string>;
  storageConfigInfo: {
    storageType: string;
    allowedLocations: string[];
    [field: string]: unknown;
  };
}

/** The catalog that the values describe. */
export function catalogOf({
  name,
  storage,
  properties,
}: CatalogConfig): Catalog {
  const { type, baseLocation, allowedLocations, ...storageFields } = storage;
  return {
    name,
    type: 'INTERNAL',
    properties: { ...properties, [BASE_LOCATION]: baseLocation },
    storageConfigInfo: {
      storageType: type,
      allowedLocations: [...new Set([baseLocation, ...allowedLocations])],
      ...storageFields,
    },
  };
}

/** A catalog, or undefined when there is none of the name. */
export async function findCatalog(
  polaris: PolarisClient,
  name: string,
): Promise<Catalog | undefined> {
  const doing = `read the catalog ${name}`;
  const answer = await polaris.ask(
    { path: `${CATALOGS}/${encodeURIComponent(name)}` },
    doing,
  );
  if (answer.status === 200) {
    return answer.json;
  }
  if (answer.status === 404) {
    return undefined;
  }
  throw polaris.unexpected(answer, doing);
}

/**
 * @returns `unchanged`, when somebody else was quicker
 * @throws JobError `conflict`, when another catalog has the location
 */
export async function createCatalog(
  polaris: PolarisClient,
  catalog: Catalog,
): Promise<'unchanged' | void> {
  const doing = `create the catalog ${catalog.name}`;
  const answer = await polaris.ask(
    { method: 'POST', path: CATALOGS, json: { catalog } },
    doing,
  );
  if (answer.status === 201) {
    return undefined;
  }
  if (answer.status === 409) {
    return 'unchanged';
  }
  const error = polaris.unexpected(answer, doing);
  if (answer.status === 400 && /overlap/i.test(wordsOf(answer) ?? '')) {
    throw new JobError({
      code: 'conflict',
      service: POLARIS,
      message: error.message,
      nextStep: `Another catalog of this Polaris holds ${catalog.properties[BASE_LOCATION]} or a part of it: give catalog.storage.baseLocation a location of its own in the values, then run the job again.`,
    });
  }
  throw error;
}

/** The fields in which a catalog differs from the values; what only Polaris knows does not count. */
export function differences(found: Catalog, wanted: Catalog): string[] {
  const storage = Object.entries(wanted.storageConfigInfo).filter(
    ([field, value]) =>
      value !== undefined &&
      !same(value, found.storageConfigInfo?.[field], field),
  );
  const properties = Object.entries(wanted.properties).filter(
    ([key, value]) => !same(value, found.properties?.[key], key),
  );
  return [...properties, ...storage].map(([field]) => field);
}

function same(wanted: unknown, found: unknown, field: string): boolean {
  switch (field) {
    case BASE_LOCATION:
      return locationOf(wanted) === locationOf(found);
    case 'allowedLocations':
      return setOf(wanted) === setOf(found);
    case 'pathStyleAccess':
    case 'stsUnavailable':
      return Boolean(wanted) === Boolean(found);
    default:
      return wanted === found;
  }
}

function setOf(locations: unknown): string {
  return Array.isArray(locations)
    ? [...new Set(locations.map(locationOf))].sort().join('\n')
    : '';
}

function locationOf(location: unknown): string {
  return String(location ?? '').replace(/\/+$/, '');
}
