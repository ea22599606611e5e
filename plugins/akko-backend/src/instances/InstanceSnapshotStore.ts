import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { InstanceRef } from '@akko/backstage-plugin-akko-common';
import type { Knex } from 'knex';
import { applyMigrations } from '../database/applyMigrations';
import type { InstanceSnapshotRow } from '../database/tables';
import type { JobCatalogue } from './types';

/** Last known sight of an instance, shown while its cluster has not answered since the portal started. */
export interface InstanceSnapshot {
  ref: InstanceRef;
  /** Without manifests. */
  catalogue: JobCatalogue;
}

/** Keeps {@link InstanceSnapshot}s in the database. */
export class InstanceSnapshotStore {
  private constructor(
    private readonly client: Knex,
    private readonly now: () => Date,
  ) {}

  /** Applies the migrations and opens the table. */
  static async create(options: {
    database: DatabaseService;
    now?: () => Date;
  }): Promise<InstanceSnapshotStore> {
    return new InstanceSnapshotStore(
      await applyMigrations(options.database),
      options.now ?? (() => new Date()),
    );
  }

  async list(): Promise<InstanceSnapshot[]> {
    const rows = await this.client<InstanceSnapshotRow>('instance_snapshots');
    return rows.map(({ cluster, namespace, release, catalogue }) => ({
      ref: { cluster, namespace, release },
      // Those of before drills were read have none.
      catalogue: { drills: [], ...JSON.parse(catalogue) },
    }));
  }

  async save({ ref, catalogue }: InstanceSnapshot): Promise<void> {
    await this.client<InstanceSnapshotRow>('instance_snapshots')
      .insert({
        ...ref,
        catalogue: JSON.stringify(withoutManifests(catalogue)),
        seen_at: this.now().toISOString(),
      })
      .onConflict(['cluster', 'namespace', 'release'])
      .merge();
  }
}

/** The catalogue as snapshots keep it: manifests stay on the cluster and with the runs. */
export function withoutManifests(catalogue: JobCatalogue): JobCatalogue {
  return {
    fromChart: catalogue.fromChart,
    chart: catalogue.chart,
    revision: catalogue.revision,
    useHelmHooks: catalogue.useHelmHooks,
    labels: catalogue.labels,
    jobs: catalogue.jobs.map(
      ({ name, title, enabled, dependsOn, checksum, simulated }) => ({
        name,
        title,
        enabled,
        dependsOn,
        checksum,
        simulated,
      }),
    ),
    backups: catalogue.backups,
    drills: catalogue.drills,
  };
}
