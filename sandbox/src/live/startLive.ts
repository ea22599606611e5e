import type { KubernetesObject, ObjectStore } from '@akko/kube-sandbox';
import type { Manifest } from '../manifests';
import { liveNamespace, liveRelease } from './liveInstance';
import type { LiveObject } from './liveObjects';

type Store = Pick<ObjectStore, 'create' | 'subscribe'>;

/**
 * Installs the live instance, and takes its first backups as soon as there is something to take.
 * @param fill - puts something into the buckets, once they are there
 */
export function startLive(
  store: Store,
  objects: readonly LiveObject[],
  fill: () => Promise<void>,
): void {
  const cronJobs = objects
    .filter(({ resource }) => resource === 'cronjobs')
    .map(({ manifest }) => manifest)
    .filter(({ spec }) => !(spec as { suspend?: boolean }).suspend);
  whenComplete(store, `${liveRelease}-minio-init`, () =>
    fill()
      .catch(error => console.log(`The buckets stay empty: ${error.message}`))
      .finally(() =>
        cronJobs.forEach(cronJob => store.create('jobs', jobOf(cronJob))),
      ),
  );
  // What Jobs need comes before them.
  for (const isJob of [false, true]) {
    objects
      .filter(({ resource }) => (resource === 'jobs') === isJob)
      .forEach(({ resource, manifest }) => store.create(resource, manifest));
  }
}

/** As `kubectl create job --from=cronjob/<name>` makes it. */
function jobOf({ metadata, spec }: Manifest): Manifest {
  const { jobTemplate } = spec as {
    jobTemplate: Pick<Manifest, 'metadata' | 'spec'>;
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      ...jobTemplate.metadata,
      name: `${metadata.name}-first`,
      namespace: liveNamespace,
      annotations: {
        ...jobTemplate.metadata?.annotations,
        'cronjob.kubernetes.io/instantiate': 'manual',
      },
    },
    spec: jobTemplate.spec,
  };
}

/** Calls once, when a Job of the live instance has succeeded. */
function whenComplete(store: Store, name: string, then: () => void): void {
  const unsubscribe = store.subscribe(({ resource, object }) => {
    if (
      resource === 'jobs' &&
      object.metadata.namespace === liveNamespace &&
      object.metadata.name === name &&
      isComplete(object)
    ) {
      unsubscribe();
      then();
    }
  });
}

function isComplete({ status }: KubernetesObject): boolean {
  const { conditions = [] } = (status ?? {}) as {
    conditions?: { type: string; status: string }[];
  };
  return conditions.some(
    ({ type, status: holds }) => type === 'Complete' && holds === 'True',
  );
}
