import type { Occasion } from '../runtime/ScenarioRuntime';
import type { ContainerStart } from '../runtime/types';
import type { KubernetesObject, ObjectStore } from '../store/types';

/** Counts Jobs by name and pods by Job, so that a scenario can tell a first run from a re-run. Jobs from before the start count too. */
export class OccasionCounter {
  private readonly runs = new Map<string, string[]>();
  private readonly pods = new Map<string, string[]>();
  private readonly unsubscribe: () => void;

  constructor(store: ObjectStore) {
    store.list('jobs').forEach(job => this.countJob(job));
    store.list('pods').forEach(pod => this.countPod(pod));
    this.unsubscribe = store.subscribe(({ resource, type, object }) => {
      if (type === 'ADDED' && resource === 'jobs') {
        this.countJob(object);
      } else if (type === 'ADDED' && resource === 'pods') {
        this.countPod(object);
      }
    });
  }

  of({ pod, restart }: ContainerStart): Occasion {
    const owner = ownerOf(pod);
    if (!owner) {
      return { run: 1, attempt: restart + 1 };
    }
    const key = `${pod.metadata.namespace}/${owner.name}`;
    const before = this.pods.get(owner.uid)?.indexOf(pod.metadata.uid) ?? 0;
    return {
      job: owner.name,
      run: (this.runs.get(key)?.indexOf(owner.uid) ?? 0) + 1,
      attempt: Math.max(0, before) + restart + 1,
    };
  }

  stop(): void {
    this.unsubscribe();
  }

  private countJob({ metadata }: KubernetesObject): void {
    count(this.runs, `${metadata.namespace}/${metadata.name}`, metadata.uid);
  }

  private countPod(pod: KubernetesObject): void {
    const owner = ownerOf(pod);
    if (owner) {
      count(this.pods, owner.uid, pod.metadata.uid);
    }
  }
}

function count(map: Map<string, string[]>, key: string, uid: string): void {
  const known = map.get(key) ?? [];
  known.push(uid);
  map.set(key, known);
}

function ownerOf(pod: KubernetesObject) {
  return pod.metadata.ownerReferences?.find(({ kind }) => kind === 'Job');
}
