import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  BACKUP_FRESHNESSES,
  INSTANCE_HEALTHS,
  stringifyInstanceRef,
  type Finding,
  type HealthTotals,
  type InstanceRef,
  type Run,
} from '@akko/backstage-plugin-akko-common';
import type { V1CronJob, V1Job } from '@kubernetes/client-node';
import type { Fleet, FleetCluster } from '../clusters/types';
import { expectationOf } from '../backups/expectations';
import type { LedgerFacts } from '../backups/ledger/types';
import type { BackupsConfig, DeclaredInstance } from '../config';
import type { RunRecorder } from '../runs/types';
import { CatalogueShelf } from './CatalogueShelf';
import { identify } from './identify';
import { InstanceIndex } from './InstanceIndex';
import type { InstanceSnapshotStore } from './InstanceSnapshotStore';
import {
  instanceView,
  summaryOf,
  withCluster,
  type InstanceView,
} from './instanceView';
import { liveRun } from './liveRun';
import type {
  InstanceFilter,
  InstanceService,
  JobCatalogue,
  JobIdentity,
  KnownInstance,
  KnownSummary,
} from './types';

/** What {@link FleetInstanceService} is made of. */
export interface FleetInstanceServiceOptions {
  fleet: Fleet;
  recorder: RunRecorder;
  snapshots: InstanceSnapshotStore;
  logger: LoggerService;
  /** `akko.instances[]`. */
  declared?: readonly DeclaredInstance[];
  /** What the ledger knows. */
  ledger?: {
    of(ref: InstanceRef, backup: string): LedgerFacts | undefined;
    onFactsChanged(listener: (ref: InstanceRef) => void): () => void;
  };
  /** `akko.backups`. */
  backups?: BackupsConfig;
  /** Open findings of an instance, worst first. */
  findings?: { of(ref: InstanceRef): readonly Finding[] };
  /** Catalog entities that stand for instances. */
  entities?: { entityOf(ref: InstanceRef): string | undefined };
  now?: () => Date;
}

interface CachedView {
  view: InstanceView;
  validUntil: number;
}

/** {@link InstanceService} from the mirrors of a fleet and the recorder's facts. A view is made when it is asked for, and kept until something of it changes. */
export class FleetInstanceService implements InstanceService {
  private readonly index: InstanceIndex;
  private readonly known = new Map<string, InstanceRef>();
  private readonly views = new Map<string, CachedView>();
  private readonly shelf: CatalogueShelf;
  private readonly declaredTitles: Map<string, string | undefined>;
  private readonly listeners = new Set<(ref: InstanceRef) => void>();
  private unsubscribe: (() => void)[] = [];

  constructor(private readonly options: FleetInstanceServiceOptions) {
    const declared = options.declared ?? [];
    this.index = new InstanceIndex(declared);
    this.shelf = new CatalogueShelf({ ...options, index: this.index });
    this.declaredTitles = new Map(
      declared.map(instance => [
        stringifyInstanceRef(instance),
        instance.title,
      ]),
    );
  }

  /** Takes in what the history and the mirrors know, then listens. Call it after the recorder's start. */
  async start(): Promise<void> {
    const remembered = await this.shelf.load();
    remembered.forEach(ref => this.know(ref));
    this.options.recorder.knownInstances().forEach(ref => this.know(ref));
    this.options.declared?.forEach(({ cluster, namespace, release }) =>
      this.know({ cluster, namespace, release }),
    );
    this.unsubscribe = [
      this.options.fleet.subscribe({
        onChange: change => {
          for (const ref of this.index.apply(change)) {
            const stable = change.kind === 'jobs';
            this.changed(ref, { catalogue: !stable });
          }
        },
        onSynced: cluster => this.clusterSynced(cluster),
      }),
      this.options.recorder.onRunChanged(run => {
        const [cluster, namespace, release] = run.instance.split('/');
        this.changed({ cluster, namespace, release }, { catalogue: false });
      }),
      this.options.ledger?.onFactsChanged(ref =>
        this.changed(ref, { catalogue: false }),
      ) ?? (() => {}),
    ];
    for (const { name, mirror } of this.options.fleet.clusters()) {
      for (const kind of ['jobs', 'cronjobs', 'configmaps'] as const) {
        for (const object of mirror.list(kind)) {
          this.index
            .apply({
              cluster: name,
              kind,
              type: 'added',
              object,
              replayed: true,
            } as Parameters<InstanceIndex['apply']>[0])
            .forEach(ref => this.know(ref));
        }
      }
      if (mirror.synced) {
        this.clusterSynced(name);
      }
    }
  }

  /** Stops listening. */
  async stop(): Promise<void> {
    this.unsubscribe.forEach(unsubscribe => unsubscribe());
    this.unsubscribe = [];
    this.shelf.stop();
  }

  async list(
    filter: InstanceFilter,
  ): Promise<{ items: KnownSummary[]; totals: HealthTotals }> {
    const query = filter.q?.trim().toLocaleLowerCase('en-US');
    const totals: HealthTotals = {
      total: 0,
      failed: 0,
      degraded: 0,
      progressing: 0,
      healthy: 0,
      unknown: 0,
    };
    const items: KnownSummary[] = [];
    for (const ref of this.known.values()) {
      const isInScope =
        (!filter.cluster || filter.cluster === ref.cluster) &&
        (!filter.namespace || filter.namespace === ref.namespace) &&
        (!filter.where || filter.where(ref));
      const instance = isInScope ? this.instance(ref) : undefined;
      if (
        !instance ||
        (filter.freshness &&
          filter.freshness !== instance.backupCounts.worst) ||
        (query && !matches(instance, query))
      ) {
        continue;
      }
      totals.total++;
      totals[instance.health]++;
      if (!filter.health || filter.health === instance.health) {
        items.push(summaryOf(instance));
      }
    }
    if (filter.order === 'protection') {
      items.sort(byProtection);
      return { items, totals };
    }
    items.sort(
      (a, b) =>
        INSTANCE_HEALTHS.indexOf(a.health) -
          INSTANCE_HEALTHS.indexOf(b.health) || (a.ref < b.ref ? -1 : 1),
    );
    return { items, totals };
  }

  async get(ref: InstanceRef): Promise<KnownInstance | undefined> {
    return this.instance(ref);
  }

  refs(): InstanceRef[] {
    return [...this.known.values()].filter(ref => this.has(ref));
  }

  has(ref: InstanceRef): boolean {
    return this.listedOn(ref) !== undefined;
  }

  labels(ref: InstanceRef): Readonly<Record<string, string>> {
    const cluster = this.listedOn(ref);
    return (cluster && this.shelf.read(ref, cluster).catalogue.labels) ?? {};
  }

  async catalogue(ref: InstanceRef): Promise<JobCatalogue | undefined> {
    const cluster = this.listedOn(ref);
    return cluster && this.shelf.read(ref, cluster).catalogue;
  }

  liveJob(ref: InstanceRef, name: string): V1Job | undefined {
    return this.index.newestJob(ref, name);
  }

  cronJob(ref: InstanceRef, name: string): V1CronJob | undefined {
    return this.index.get(ref)?.cronJobs.get(name);
  }

  /** CronJobs of an instance. */
  cronJobs(ref: InstanceRef): V1CronJob[] {
    return [...(this.index.get(ref)?.cronJobs.values() ?? [])];
  }

  /** What was found wrong with an instance changed. */
  findingsChanged(ref: InstanceRef): void {
    this.changed(ref, { catalogue: false });
  }

  identify(cluster: string, job: V1Job): JobIdentity | undefined {
    return identify(cluster, job, this.options.declared);
  }

  /** Called when the view of an instance may have changed. @returns unsubscribe */
  onInstanceChanged(listener: (ref: InstanceRef) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private instance(ref: InstanceRef): KnownInstance | undefined {
    const cluster = this.listedOn(ref);
    return (
      cluster && {
        ...withCluster(this.view(ref, cluster), cluster.state()),
        entityRef: this.options.entities?.entityOf(ref),
      }
    );
  }

  /** Its cluster, if there is such an instance. */
  private listedOn(ref: InstanceRef): FleetCluster | undefined {
    const cluster = this.options.fleet.cluster(ref.cluster);
    return cluster && this.isListed(ref, cluster) ? cluster : undefined;
  }

  private view(ref: InstanceRef, cluster: FleetCluster): InstanceView {
    const key = stringifyInstanceRef(ref);
    const now = (this.options.now ?? (() => new Date()))();
    const cached = this.views.get(key);
    if (cached && now.getTime() < cached.validUntil) {
      return cached.view;
    }
    const made = instanceView({
      ref,
      title: this.declaredTitles.get(key),
      read: this.shelf.read(ref, cluster),
      live: this.liveRuns(ref, cluster),
      cronJobs: this.index.get(ref)?.cronJobs ?? new Map(),
      facts: this.options.recorder.facts(ref),
      ledger: backup => this.options.ledger?.of(ref, backup),
      expectation: backup => expectationOf(this.options.backups, ref, backup),
      findings: this.options.findings?.of(ref),
      synced: cluster.mirror.synced,
      now,
    });
    this.views.set(key, made);
    return made.view;
  }

  private liveRuns(ref: InstanceRef, cluster: FleetCluster): Map<string, Run> {
    const facts = this.options.recorder.facts(ref);
    const names = this.index.get(ref)?.jobs.keys() ?? [];
    const runs = new Map<string, Run>();
    for (const name of names) {
      const job = this.index.newestJob(ref, name);
      const identity = job && this.identify(ref.cluster, job);
      if (identity) {
        const recorded = facts.find(fact => fact.name === name)?.lastRun;
        runs.set(name, liveRun(cluster.mirror, identity, job, recorded));
      }
    }
    return runs;
  }

  /**
   * Whether there is such an instance. On a listed cluster one without any object was uninstalled, unless its chart has no catalogue: then
   * its Jobs were cleaned up, which the history remembers.
   */
  private isListed(ref: InstanceRef, cluster: FleetCluster): boolean {
    const key = stringifyInstanceRef(ref);
    if (this.index.get(ref) || this.declaredTitles.has(key)) {
      return true;
    }
    const isKnown =
      this.shelf.lastSeen(ref) || this.options.recorder.facts(ref).length > 0;
    return (
      isKnown &&
      (!cluster.mirror.synced || !this.shelf.lastSeen(ref)?.fromChart)
    );
  }

  private know(ref: InstanceRef): void {
    this.known.set(stringifyInstanceRef(ref), ref);
  }

  private changed(ref: InstanceRef, what: { catalogue: boolean }): void {
    const key = stringifyInstanceRef(ref);
    this.know(ref);
    this.views.delete(key);
    if (what.catalogue) {
      this.shelf.changed(ref);
    }
    for (const listener of this.listeners) {
      try {
        listener(ref);
      } catch (error) {
        this.options.logger.error(
          `A listener failed on instance ${key}`,
          error as Error,
        );
      }
    }
  }

  private clusterSynced(name: string): void {
    for (const ref of this.known.values()) {
      if (ref.cluster === name) {
        this.changed(ref, { catalogue: true });
      }
    }
  }
}

/** Least protected first: by the worst backup, then the oldest that is verified. Without any is just before fresh: it may be meant so. */
function byProtection(a: KnownSummary, b: KnownSummary): number {
  const place = ({ backups: { worst } }: KnownSummary) =>
    BACKUP_FRESHNESSES.indexOf(worst ?? 'fresh') - (worst ? 0 : 0.5);
  const verified = ({ backups }: KnownSummary) => backups.lastVerifiedAt ?? '';
  return (
    place(a) - place(b) ||
    verified(a).localeCompare(verified(b)) ||
    (a.ref < b.ref ? -1 : 1)
  );
}

function matches(instance: KnownInstance, query: string): boolean {
  const { clusterTitle, entityRef, ref, title } = instance;
  return [ref, title, clusterTitle ?? '', entityRef ?? ''].some(text =>
    text.toLocaleLowerCase('en-US').includes(query),
  );
}
