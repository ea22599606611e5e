import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  stringifyInstanceRef,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import pLimit from 'p-limit';
import type { Fleet, FleetCluster } from '../clusters/types';
import type { DeclaredInstance } from '../config';
import type { RunRecorder } from '../runs/types';
import { readCatalogue, type ReadCatalogue } from './catalogue';
import { identify } from './identify';
import type { InstanceIndex } from './InstanceIndex';
import {
  withoutManifests,
  type InstanceSnapshotStore,
} from './InstanceSnapshotStore';
import type { JobCatalogue, JobIdentity } from './types';

interface CatalogueShelfOptions {
  fleet: Fleet;
  recorder: RunRecorder;
  index: InstanceIndex;
  snapshots: InstanceSnapshotStore;
  logger: LoggerService;
  declared?: readonly DeclaredInstance[];
}

const SNAPSHOTS_WRITTEN_AT_ONCE = 4;

/** The job catalogues of the fleet: read once per change, and remembered for the time when a cluster does not answer. */
export class CatalogueShelf {
  private readonly catalogues = new Map<string, ReadCatalogue>();
  private readonly snapshots = new Map<string, JobCatalogue>();
  private readonly limitSnapshots = pLimit(SNAPSHOTS_WRITTEN_AT_ONCE);

  constructor(private readonly options: CatalogueShelfOptions) {}

  /** Reads what was remembered. @returns the instances that are known from it */
  async load(): Promise<InstanceRef[]> {
    const remembered = await this.options.snapshots.list();
    remembered.forEach(({ ref, catalogue }) =>
      this.snapshots.set(stringifyInstanceRef(ref), catalogue),
    );
    return remembered.map(({ ref }) => ref);
  }

  /** What is not being written yet is written after the next start. */
  stop(): void {
    this.limitSnapshots.clearQueue();
  }

  /** What was there when the instance was last seen. */
  lastSeen(ref: InstanceRef): JobCatalogue | undefined {
    return this.snapshots.get(stringifyInstanceRef(ref));
  }

  /** The chart's catalogue, or what it is made from, changed. */
  changed(ref: InstanceRef): void {
    this.catalogues.delete(stringifyInstanceRef(ref));
    this.remember(ref);
  }

  /** What should be there of an instance: the chart's catalogue, else what was seen. */
  read(ref: InstanceRef, cluster: FleetCluster): ReadCatalogue {
    const key = stringifyInstanceRef(ref);
    const known = this.catalogues.get(key);
    if (known) {
      return known;
    }
    const objects = this.options.index.get(ref);
    const snapshot = this.snapshots.get(key);
    if (!cluster.mirror.synced && !objects?.configMaps.size && snapshot) {
      return { catalogue: snapshot };
    }
    const facts = this.options.recorder.facts(ref);
    const live = [...(objects?.jobs.values() ?? [])]
      .flatMap(jobs => [...jobs.values()])
      .map(job => identify(ref.cluster, job, this.options.declared));
    const seen = [...facts, ...live.filter(identity => identity !== undefined)];
    const named = (kind: JobIdentity['kind']) =>
      seen.filter(job => job.kind === kind).map(({ name }) => name);
    const read = readCatalogue(ref, [...(objects?.configMaps.values() ?? [])], {
      init: new Set(named('init')),
      backup: new Set([
        ...named('backup'),
        ...[...(objects?.cronJobs.keys() ?? [])].filter(
          name => !name.startsWith('drill-'),
        ),
      ]),
    });
    // Without the chart's, it depends on what was seen, which changes without notice.
    if (read.catalogue.fromChart) {
      this.catalogues.set(key, read);
    }
    return read;
  }

  /** Keeps what should be there for the time when the cluster does not answer. */
  private remember(ref: InstanceRef): void {
    const key = stringifyInstanceRef(ref);
    const cluster = this.options.fleet.cluster(ref.cluster);
    const objects = this.options.index.get(ref);
    if (!cluster?.mirror.synced || !objects) {
      return;
    }
    const { catalogue } = this.read(ref, cluster);
    const sight = withoutManifests({
      ...catalogue,
      backups: catalogue.backups.map(backup => {
        const spec = objects.cronJobs.get(backup.name)?.spec;
        return {
          ...backup,
          schedule: spec?.schedule ?? backup.schedule,
          timeZone: spec?.timeZone ?? backup.timeZone,
        };
      }),
    });
    if (JSON.stringify(sight) === JSON.stringify(this.snapshots.get(key))) {
      return;
    }
    this.snapshots.set(key, sight);
    this.limitSnapshots(() =>
      this.options.snapshots.save({ ref, catalogue: sight }),
    ).catch(error =>
      this.options.logger.error(
        `The last known sight of ${key} could not be stored; after a restart without contact it is shown as it was before`,
        error,
      ),
    );
  }
}
