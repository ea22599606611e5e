import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { Clock, Timer } from '../clusters/clock';
import type { Fleet } from '../clusters/types';
import { applyMigrations } from '../database/applyMigrations';
import type { WatchedClusterRow, WatchGapRow } from '../database/tables';

/** How often it is written down that a cluster is watched, in milliseconds. */
const EVERY = 30_000;
/** A longer silence than this is a gap: several times {@link EVERY}, so that a slow database makes none. */
const GAP_FROM = 180_000;

/**
 * Writes down when each cluster was last watched. What runs while nobody watches may be cleaned up before anybody sees it, and a history that does not
 * say so would seem to be whole.
 */
export class WatchLog {
  private timer?: Timer;
  private unsubscribe?: () => void;
  private writing = Promise.resolve();

  private constructor(
    private readonly client: Knex,
    private readonly options: {
      fleet: Fleet;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  static async create(options: {
    database: DatabaseService;
    fleet: Fleet;
    clock: Clock;
    logger: LoggerService;
  }): Promise<WatchLog> {
    return new WatchLog(await applyMigrations(options.database), options);
  }

  start(): void {
    const { clock, fleet } = this.options;
    // A cluster that is listed again after a silence ends the gap at once.
    this.unsubscribe = fleet.subscribe({
      onSynced: cluster => this.queue([cluster]),
    });
    const tick = () => {
      this.queue(
        fleet
          .clusters()
          .filter(
            cluster => cluster.mirror.synced && isInContact(cluster.state()),
          )
          .map(({ name }) => name),
      );
      this.timer = clock.after(EVERY, tick);
    };
    this.timer = clock.after(EVERY, tick);
  }

  async stop(): Promise<void> {
    this.timer?.cancel();
    this.unsubscribe?.();
    await this.writing;
  }

  /** Resolves when everything is written. */
  async settled(): Promise<void> {
    await this.writing;
  }

  private queue(clusters: readonly string[]): void {
    this.writing = this.writing
      .then(async () => {
        for (const cluster of clusters) {
          await this.saw(cluster);
        }
      })
      .catch(error =>
        this.options.logger.warn(
          'That clusters are watched could not be written down; it is tried again',
          error,
        ),
      );
  }

  private async saw(cluster: string): Promise<void> {
    const now = new Date(this.options.clock.now()).toISOString();
    await this.client.transaction(async transaction => {
      const known = await transaction<WatchedClusterRow>('watched_clusters')
        .where({ cluster })
        .forUpdate()
        .first();
      if (!known) {
        await transaction<WatchedClusterRow>('watched_clusters')
          .insert({ cluster, watched_at: now })
          .onConflict('cluster')
          .ignore();
        return;
      }
      if (known.watched_at >= now) {
        return;
      }
      await transaction<WatchedClusterRow>('watched_clusters')
        .where({ cluster })
        .update({ watched_at: now });
      if (Date.parse(now) - Date.parse(known.watched_at) >= GAP_FROM) {
        await transaction<WatchGapRow>('watch_gaps')
          .insert({ cluster, from_at: known.watched_at, to_at: now })
          .onConflict(['cluster', 'from_at'])
          .ignore();
      }
    });
  }
}

function isInContact(state: { reachable: boolean; stale: boolean }): boolean {
  return state.reachable && !state.stale;
}
