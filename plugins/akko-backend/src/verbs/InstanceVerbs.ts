import {
  akkoInstanceReadPermission,
  parseInstanceRef,
  stringifyInstanceRef,
  type Cluster,
  type FindingList,
  type Instance,
  type InstanceList,
  type InstanceRef,
  type RunList,
  type UpgradeList,
} from '@akko/backstage-plugin-akko-common';
import {
  assertSomewhere,
  notAllowed,
  type Access,
  type Caller,
} from '../access';
import type { Fleet } from '../clusters/types';
import type { FindingStore } from '../diagnosis';
import { AkkoError } from '../errors';
import type {
  InstanceFilter,
  InstanceService,
  KnownInstance,
} from '../instances/types';
import { unknownInstance } from '../operations/planOperation';
import type { OperationService } from '../operations/types';
import type { RunStore } from '../runs/types';
import type { Entrance } from './Entrance';
import { findingPage, type FindingQuery } from './findingPage';
import { instancePage } from './instancePage';
import type { PageQuery } from './types';

/** What {@link InstanceVerbs} works with. */
export interface InstanceVerbsOptions {
  entrance: Entrance;
  fleet: Fleet;
  instances: InstanceService;
  runs: Pick<RunStore, 'list' | 'upgrades'>;
  findings: Pick<FindingStore, 'open'>;
  operations: Pick<OperationService, 'active'>;
}

/**
 * Reading of clusters and instances. Whoever may read some instances only gets answers as if there were no others: in lists, totals, clusters and
 * error messages.
 */
export class InstanceVerbs {
  constructor(private readonly options: InstanceVerbsOptions) {}

  /** Clusters, and for who may not see all instances: those that have one to see. */
  async clusters(caller: Caller): Promise<Cluster[]> {
    const { entrance } = this.options;
    return entrance.audited(caller, { eventId: 'cluster-list' }, async () => {
      const access = await this.readable(caller);
      return this.visibleClusters(access).map(cluster => cluster.state());
    });
  }

  /** A page of instances, with totals. @throws AkkoError `unknown-cluster`, `invalid-request` */
  async list(
    caller: Caller,
    query: InstanceFilter & PageQuery,
  ): Promise<InstanceList> {
    const { entrance, instances } = this.options;
    return entrance.audited(caller, { eventId: 'instance-list' }, async () => {
      const { namesOn, readable } = await entrance.access.all(
        caller.credentials,
      );
      assertSomewhere(readable, akkoInstanceReadPermission);
      this.assertCluster(query.cluster, readable);
      const { items, totals } = await instances.list({
        ...query,
        where: readable.includes,
      });
      const page = instancePage(items, query);
      return {
        ...page,
        items: page.items.map(item => ({
          ...item,
          permissions: namesOn(parseInstanceRef(item.ref)!),
        })),
        totals,
      };
    });
  }

  /** @throws AkkoError `unknown-cluster`, `unknown-instance` */
  async get(caller: Caller, ref: InstanceRef): Promise<Instance> {
    const { entrance, operations } = this.options;
    return entrance.audited(
      caller,
      {
        eventId: 'instance-fetch',
        meta: { instance: stringifyInstanceRef(ref) },
      },
      async () => {
        const { namesOn, readable } = await entrance.access.all(
          caller.credentials,
        );
        if (!readable.includes(ref)) {
          throw notAllowed(akkoInstanceReadPermission);
        }
        return {
          ...(await this.known(caller, ref)),
          permissions: namesOn(ref),
          activeOperations: await operations.active(ref),
        };
      },
    );
  }

  /** Runs of an init job, a backup or a drill, newest first. @throws AkkoError `unknown-job` */
  async runs(
    caller: Caller,
    ref: InstanceRef,
    job: string,
    page: PageQuery,
  ): Promise<RunList> {
    return this.reading(caller, 'run-list', ref, async instance => {
      const known = [
        ...instance.jobs,
        ...instance.backups,
        ...instance.backups.flatMap(({ drill }) => (drill ? [drill] : [])),
      ];
      if (!known.some(({ name }) => name === job)) {
        throw new AkkoError(
          'unknown-job',
          `There is no job '${job}' of this instance. It has: ${known
            .map(({ name }) => name)
            .join(', ')}.`,
        );
      }
      return this.options.runs.list({ instance: ref, name: job, ...page });
    });
  }

  /** What Helm did, newest first. */
  async upgrades(
    caller: Caller,
    ref: InstanceRef,
    page: PageQuery,
  ): Promise<UpgradeList> {
    return this.reading(caller, 'upgrade-list', ref, () =>
      this.options.runs.upgrades({ instance: ref, ...page }),
    );
  }

  /** Open findings of the fleet, worst first. */
  async findings(caller: Caller, query: FindingQuery): Promise<FindingList> {
    const { entrance, findings, instances } = this.options;
    return entrance.audited(caller, { eventId: 'finding-list' }, async () => {
      const access = await this.readable(caller);
      this.assertCluster(query.cluster, access);
      const open = await findings.open(
        access.isWhole ? undefined : instances.refs().filter(access.includes),
      );
      return findingPage(open, query);
    });
  }

  /** Reads something of one instance. @throws AkkoError `not-allowed`, `unknown-cluster`, `unknown-instance` */
  async reading<Result>(
    caller: Caller,
    eventId: string,
    ref: InstanceRef,
    act: (instance: KnownInstance) => Promise<Result>,
    meta: { [key: string]: string } = {},
  ): Promise<Result> {
    const { entrance } = this.options;
    return entrance.audited(
      caller,
      { eventId, meta: { instance: stringifyInstanceRef(ref), ...meta } },
      async () => {
        await entrance.access.require(
          caller.credentials,
          akkoInstanceReadPermission,
          ref,
        );
        return act(await this.known(caller, ref));
      },
    );
  }

  /** An instance whose permission has been looked at. @throws AkkoError `unknown-cluster`, `unknown-instance` */
  async known(caller: Caller, ref: InstanceRef): Promise<KnownInstance> {
    const { entrance, fleet, instances } = this.options;
    if (!fleet.cluster(ref.cluster)) {
      const [access] = await entrance.access.of(caller.credentials, [
        akkoInstanceReadPermission,
      ]);
      this.assertCluster(ref.cluster, access);
    }
    const instance = await instances.get(ref);
    if (!instance) {
      throw unknownInstance(ref);
    }
    return instance;
  }

  /** Where the caller may read. @throws AkkoError `not-allowed` where that is nowhere */
  readable({ credentials }: Caller): Promise<Access> {
    return this.options.entrance.access.somewhere(
      credentials,
      akkoInstanceReadPermission,
    );
  }

  /** @throws AkkoError `unknown-cluster` that names those that the caller may see */
  assertCluster(name: string | undefined, access: Access): void {
    if (name === undefined) {
      return;
    }
    const visible = this.visibleClusters(access);
    if (!visible.some(one => one.name === name)) {
      throw new AkkoError(
        'unknown-cluster',
        `There is no cluster '${name}' in the configuration (akko.clusters) that you may see. There: ${
          visible.map(one => one.name).join(', ') || 'none'
        }.`,
      );
    }
  }

  private visibleClusters(access: Access) {
    const { fleet, instances } = this.options;
    if (access.isWhole) {
      return fleet.clusters();
    }
    const names = new Set(
      instances
        .refs()
        .filter(access.includes)
        .map(({ cluster }) => cluster),
    );
    return fleet.clusters().filter(({ name }) => names.has(name));
  }
}
