import {
  ANNOTATION_INSTANCE,
  stringifyInstanceRef,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { assertError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { sleep, type Clock } from '../clusters/clock';

/** How old what is known of the catalog may be, in milliseconds. */
const READ_EVERY = 10_000;

/** Type of the relation from an entity to those whom it belongs to. */
const OWNED_BY = 'ownedBy';

const ORIGIN = 'backstage.io/managed-by-origin-location';

interface Known {
  entityRef: string;
  owners: readonly string[];
}

/** What {@link InstanceEntities} works with. */
export interface InstanceEntitiesOptions {
  catalog: CatalogService;
  auth: AuthService;
  clock: Clock;
  logger: LoggerService;
  /** Beginnings of the locations whose entities say whom an instance belongs to. */
  trustedLocations: readonly string[];
}

/**
 * The catalog entities that stand for instances, by the annotation {@link ANNOTATION_INSTANCE}. Read every ten seconds as the plugin itself, so
 * that neither a decision nor a list waits for the catalog.
 *
 * Only entities of trusted locations count. In many portals everybody may register an entity, and an annotation of theirs must not make
 * somebody's instance their own.
 */
export class InstanceEntities {
  private known = new Map<string, Known>();
  private readonly stopped = new AbortController();
  private reading?: Promise<void>;

  constructor(private readonly options: InstanceEntitiesOptions) {}

  /** Reads the catalog now and again; returns at once. */
  start(): void {
    this.reading = this.keepReading();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.reading;
  }

  /** The entity of an instance; the first by name where several stand for it. */
  entityOf(ref: InstanceRef): string | undefined {
    return this.known.get(stringifyInstanceRef(ref))?.entityRef;
  }

  /** Whom an instance belongs to, as entity refs. */
  ownersOf(ref: InstanceRef): readonly string[] {
    return this.known.get(stringifyInstanceRef(ref))?.owners ?? [];
  }

  /** Reads the catalog. What was known stays when it does not answer. */
  async read(): Promise<void> {
    const { auth, catalog, logger } = this.options;
    try {
      const { items } = await catalog.getEntities(
        {
          filter: {
            [`metadata.annotations.${ANNOTATION_INSTANCE}`]:
              CATALOG_FILTER_EXISTS,
          },
          fields: [
            'kind',
            'metadata.name',
            'metadata.namespace',
            'metadata.annotations',
            'relations',
          ],
        },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      const known = new Map<string, Known>();
      for (const { kind, metadata, relations = [] } of items) {
        const { annotations = {}, name, namespace = 'default' } = metadata;
        if (!this.isTrusted(annotations[ORIGIN])) {
          continue;
        }
        const instance = annotations[ANNOTATION_INSTANCE];
        const entityRef = `${kind}:${namespace}/${name}`.toLocaleLowerCase(
          'en-US',
        );
        const other = known.get(instance);
        known.set(instance, {
          entityRef:
            other && other.entityRef < entityRef ? other.entityRef : entityRef,
          owners: [
            ...new Set([
              ...(other?.owners ?? []),
              ...relations
                .filter(({ type }) => type === OWNED_BY)
                .map(({ targetRef }) => targetRef.toLocaleLowerCase('en-US')),
            ]),
          ],
        });
      }
      this.known = known;
    } catch (error) {
      assertError(error);
      logger.warn(
        `The catalog does not say which entities stand for AKKO instances: ${
          error.message
        }. What it said before holds; it is asked again in ${
          READ_EVERY / 1000
        } s.`,
      );
    }
  }

  private isTrusted(origin: string | undefined): boolean {
    return this.options.trustedLocations.some(location =>
      origin?.startsWith(location),
    );
  }

  private async keepReading(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      await this.read();
      await sleep(this.options.clock, READ_EVERY, signal);
    }
  }
}
