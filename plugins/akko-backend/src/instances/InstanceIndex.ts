import {
  stringifyInstanceRef,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { V1ConfigMap, V1CronJob, V1Job } from '@kubernetes/client-node';
import type { MirrorChange } from '../clusters/types';
import type { DeclaredInstance } from '../config';
import { isoTime } from '../runs/kubernetesTime';
import { releaseOfCatalogue } from './catalogue';
import { identify } from './identify';

/** Objects of one instance. */
export interface InstanceObjects {
  ref: InstanceRef;
  /** Jobs of each init job or backup, by uid. */
  jobs: Map<string, Map<string, V1Job>>;
  /** CronJobs by backup name. */
  cronJobs: Map<string, V1CronJob>;
  /** Parts of the job catalogue, by name. */
  configMaps: Map<string, V1ConfigMap>;
}

/** Objects of the fleet by the instance that they belong to, kept change by change. */
export class InstanceIndex {
  private readonly byRef = new Map<string, InstanceObjects>();

  constructor(private readonly declared: readonly DeclaredInstance[]) {}

  get(ref: InstanceRef): InstanceObjects | undefined {
    return this.byRef.get(stringifyInstanceRef(ref));
  }

  all(): InstanceObjects[] {
    return [...this.byRef.values()];
  }

  /** @returns the instances that the change is about: two when an object's labels moved it, none when it is not AKKO's */
  apply(change: MirrorChange): InstanceRef[] {
    const touched = new Map<string, InstanceRef>();
    const touch = (ref: InstanceRef | undefined) =>
      ref && touched.set(stringifyInstanceRef(ref), ref);
    if (change.previous) {
      touch(
        this.remove({ ...change, object: change.previous } as MirrorChange),
      );
    }
    touch(
      change.type === 'deleted' ? this.remove(change) : this.insert(change),
    );
    return [...touched.values()];
  }

  /** The newest Job of an init job or backup. */
  newestJob(ref: InstanceRef, name: string): V1Job | undefined {
    const jobs = [...(this.get(ref)?.jobs.get(name)?.values() ?? [])];
    const createdAt = (job: V1Job) =>
      isoTime(job.metadata?.creationTimestamp) ?? '';
    return jobs.reduce<V1Job | undefined>(
      (newest, job) =>
        newest && createdAt(newest) >= createdAt(job) ? newest : job,
      undefined,
    );
  }

  private insert(change: MirrorChange): InstanceRef | undefined {
    switch (change.kind) {
      case 'jobs': {
        const identity = identify(change.cluster, change.object, this.declared);
        if (!identity) {
          return undefined;
        }
        const { jobs } = this.objectsOf(identity.instance);
        const named = jobs.get(identity.name) ?? new Map<string, V1Job>();
        named.set(change.object.metadata?.uid ?? '', change.object);
        jobs.set(identity.name, named);
        return identity.instance;
      }
      case 'cronjobs': {
        const identity = identify(change.cluster, change.object, this.declared);
        if (identity) {
          this.objectsOf(identity.instance).cronJobs.set(
            identity.name,
            change.object,
          );
        }
        return identity?.instance;
      }
      case 'configmaps': {
        const ref = this.catalogueOwner(change.cluster, change.object);
        if (ref) {
          this.objectsOf(ref).configMaps.set(
            change.object.metadata?.name ?? '',
            change.object,
          );
        }
        return ref;
      }
      default:
        return undefined;
    }
  }

  private remove(change: MirrorChange): InstanceRef | undefined {
    if (change.kind === 'configmaps') {
      const ref = this.catalogueOwner(change.cluster, change.object);
      if (ref) {
        this.get(ref)?.configMaps.delete(change.object.metadata?.name ?? '');
        this.dropIfEmpty(ref);
      }
      return ref;
    }
    if (change.kind !== 'jobs' && change.kind !== 'cronjobs') {
      return undefined;
    }
    const identity = identify(change.cluster, change.object, this.declared);
    const objects = identity && this.get(identity.instance);
    if (!identity || !objects) {
      return identity?.instance;
    }
    if (change.kind === 'cronjobs') {
      objects.cronJobs.delete(identity.name);
    } else {
      const named = objects.jobs.get(identity.name);
      named?.delete(change.object.metadata?.uid ?? '');
      if (named?.size === 0) {
        objects.jobs.delete(identity.name);
      }
    }
    this.dropIfEmpty(identity.instance);
    return identity.instance;
  }

  private catalogueOwner(
    cluster: string,
    configMap: V1ConfigMap,
  ): InstanceRef | undefined {
    const release = releaseOfCatalogue(configMap);
    const namespace = configMap.metadata?.namespace;
    return release && namespace ? { cluster, namespace, release } : undefined;
  }

  private objectsOf(ref: InstanceRef): InstanceObjects {
    const key = stringifyInstanceRef(ref);
    let objects = this.byRef.get(key);
    if (!objects) {
      objects = {
        ref,
        jobs: new Map(),
        cronJobs: new Map(),
        configMaps: new Map(),
      };
      this.byRef.set(key, objects);
    }
    return objects;
  }

  private dropIfEmpty(ref: InstanceRef): void {
    const objects = this.get(ref);
    const size =
      (objects?.jobs.size ?? 0) +
      (objects?.cronJobs.size ?? 0) +
      (objects?.configMaps.size ?? 0);
    if (size === 0) {
      this.byRef.delete(stringifyInstanceRef(ref));
    }
  }
}
