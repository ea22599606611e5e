import { z } from 'zod';
import { baseUrl, commonConfig } from '../../core/loadConfig';
import { secretSource } from '../../core/Secrets';

const polarisConfig = z.strictObject({
  /** Where management and catalog API are, without `/api`. */
  url: baseUrl,
  /** Where Polaris tells its health: another port than that of its API. */
  healthUrl: baseUrl,
  /** Realm; Polaris' default one unless given. */
  realm: z.string().min(1).optional(),
  clientId: z.string().min(1).default('root'),
  clientSecret: secretSource,
  scope: z.string().min(1).default('PRINCIPAL_ROLE:ALL'),
});

const location = z
  .string()
  .regex(/^s3a?:\/\/[^/]+/, 'a location has the form s3://bucket/path');

/** Storage of a catalog, in the words of Polaris' management API (AwsStorageConfigInfo). */
const storageConfig = z.strictObject({
  type: z.literal('S3').default('S3'),
  baseLocation: location,
  /** Locations of tables besides the base location. */
  allowedLocations: z.array(location).default([]),
  /** For a storage that is not AWS. */
  endpoint: z.string().min(1).optional(),
  region: z.string().min(1).optional(),
  roleArn: z.string().min(1).optional(),
  pathStyleAccess: z.boolean().optional(),
  /** For a storage without STS: Polaris then hands out no credentials. */
  stsUnavailable: z.boolean().optional(),
});

/** Configuration of `polaris-init`. */
export const polarisInitConfig = z.strictObject({
  ...commonConfig,
  polaris: polarisConfig,
  catalog: z.strictObject({
    name: z.string().min(1),
    storage: storageConfig,
    /** More properties of the catalog. */
    properties: z.record(z.string(), z.string()).default({}),
  }),
  /** Levels of a name are parted by dots. */
  namespaces: z.array(
    z
      .string()
      .regex(/^[^.]+(\.[^.]+)*$/, 'a namespace has the form name or name.name'),
  ),
});

/** See {@link polarisInitConfig}. */
export type PolarisInitConfig = z.output<typeof polarisInitConfig>;

/** The catalog as the values want it. */
export type CatalogConfig = PolarisInitConfig['catalog'];
