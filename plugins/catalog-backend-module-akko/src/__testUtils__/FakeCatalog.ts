import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type {
  EntityProviderConnection,
  EntityProviderMutation,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

/** A catalog in memory that one provider writes and reads. */
export class FakeCatalog implements EntityProviderConnection {
  /** Of the provider. */
  entities: Entity[] = [];
  readonly mutations: EntityProviderMutation[] = [];
  readonly service = catalogServiceMock.mock();

  /** @param others - entities that are not the provider's */
  constructor(readonly others: Entity[] = []) {
    this.service.streamEntities.mockImplementation((request, options) =>
      catalogServiceMock({
        entities: [...this.entities, ...this.others],
      }).streamEntities(request, options),
    );
  }

  async applyMutation(mutation: EntityProviderMutation): Promise<void> {
    if (mutation.type !== 'full') {
      throw new Error('The provider is expected to write all at once');
    }
    this.mutations.push(mutation);
    this.entities = mutation.entities.map(({ entity }) => entity);
  }

  async refresh(): Promise<void> {}

  refs(): string[] {
    return this.entities.map(entity => stringifyEntityRef(entity)).sort();
  }

  /** The entity of an instance. */
  of(instance: string): Entity | undefined {
    return this.entities.find(
      ({ metadata }) => metadata.annotations?.['akko.io/instance'] === instance,
    );
  }
}
