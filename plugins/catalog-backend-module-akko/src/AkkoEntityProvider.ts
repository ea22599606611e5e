import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  stringifyInstanceRef,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { assertError } from '@backstage/errors';
import type {
  CatalogService,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { AkkoProviderConfig } from './config';
import { apiEntity, instanceEntity } from './entities';
import { gatherInstances, readCatalog, type AkkoApi } from './fleet';

/** What {@link AkkoEntityProvider} is made of. */
export interface AkkoEntityProviderOptions {
  config: AkkoProviderConfig;
  /** The akko plugin, for one run. */
  api: (signal: AbortSignal) => AkkoApi;
  auth: AuthService;
  catalog: CatalogService;
  logger: LoggerService;
  /** Called once, when the catalog is ready to take entities: makes {@link AkkoEntityProvider.refresh} run now and again. */
  schedule: (refresh: (signal: AbortSignal) => Promise<void>) => Promise<void>;
}

/**
 * Keeps the catalog in step with the fleet: a Resource of type `akko-instance` for each instance, and an API for what programs call.
 *
 * A run replaces all that the provider has published, so it either knows everything or changes nothing.
 */
export class AkkoEntityProvider implements EntityProvider {
  private connection?: EntityProviderConnection;
  private problem?: string;

  constructor(private readonly options: AkkoEntityProviderOptions) {}

  getProviderName(): string {
    return 'akko';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.connection = connection;
    await this.options.schedule(signal => this.refresh(signal));
  }

  /** Reads the fleet and publishes it. Changes nothing, and says why, when something does not answer. */
  async refresh(signal: AbortSignal): Promise<void> {
    const { logger } = this.options;
    try {
      const entities = await this.entities(signal);
      signal.throwIfAborted();
      await this.connection?.applyMutation({
        type: 'full',
        entities: entities.map(entity => ({
          entity,
          locationKey: this.getProviderName(),
        })),
      });
    } catch (error) {
      assertError(error);
      const message = `The catalog is not brought into step with the AKKO instances: ${error.message}. Its entities stay as they are; the next run tries again`;
      // A problem that lasts is told once, not every minute.
      logger[this.problem === message ? 'debug' : 'warn'](message);
      this.problem = message;
      return;
    }
    if (this.problem) {
      logger.info('The catalog is in step with the AKKO instances again');
      this.problem = undefined;
    }
  }

  private async entities(signal: AbortSignal): Promise<Entity[]> {
    const { auth, catalog, config, logger } = this.options;
    const { trustedLocations } = config;
    const api = this.options.api(signal);
    const sight = await readCatalog({ auth, catalog, trustedLocations });
    // Before the instances: only of a cluster that is already followed is the list known to be whole.
    const clusters = await api.clusters();
    const instances = await gatherInstances({
      clusters,
      listed: await api.instances(),
      published: sight.published,
      ask: (ref: InstanceRef) => api.instance(ref),
    });
    const wanted = instances.filter(
      ({ ref }) =>
        !config.skipAnnotated ||
        !sight.describedByHand.has(stringifyInstanceRef(ref)),
    );
    const entities: Entity[] = wanted.map(facts =>
      instanceEntity(facts, config),
    );
    const definition = await api.openApi();
    if (definition === undefined) {
      logger.debug(
        'The akko plugin serves no OpenAPI document; the catalog gets no entity of its API',
      );
    } else {
      entities.push(apiEntity(definition, config));
    }
    logger.debug(`Publishing ${entities.map(stringifyEntityRef).join(', ')}`);
    return entities;
  }
}
