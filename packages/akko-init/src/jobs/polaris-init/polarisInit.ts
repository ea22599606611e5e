import { defineJob } from '../../core/Job';
import { catalogOf, createCatalog, differences, findCatalog } from './catalogs';
import { polarisInitConfig } from './config';
import { createNamespace, hasNamespace, withParents } from './namespaces';
import { PolarisClient } from './PolarisClient';

/**
 * Makes the Iceberg catalog and its namespaces. Polaris itself grants a new catalog's administration to `service_admin`, the role of its
 * root principal, so that no grant is needed for the namespaces.
 */
export const polarisInit = defineJob({
  name: 'polaris-init',
  summary: 'The Iceberg catalog and its namespaces in Polaris',
  config: polarisInitConfig,
  async run(context) {
    const { config, changes } = context;
    const polaris = new PolarisClient(context);
    await polaris.whenReady();

    const wanted = catalogOf(config.catalog);
    const catalog = { kind: 'catalog', name: wanted.name };
    const found = await findCatalog(polaris, wanted.name);
    if (found) {
      const different = differences(found, wanted);
      changes.unchanged({
        ...catalog,
        ...(different.length && {
          note: `differs from the values, kept: ${different.join(', ')}`,
        }),
      });
    } else {
      await changes.create(catalog, () => createCatalog(polaris, wanted));
    }

    const canAsk = Boolean(found) || !changes.plan;
    for (const name of withParents(config.namespaces)) {
      const namespace = { kind: 'namespace', name };
      if (canAsk && (await hasNamespace(polaris, wanted.name, name))) {
        changes.unchanged(namespace);
      } else {
        await changes.create(namespace, () =>
          createNamespace(polaris, wanted.name, name),
        );
      }
    }
  },
});
