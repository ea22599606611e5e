import { v5 as uuidv5 } from 'uuid';

/** Name space of run ids; changing it would orphan every stored run. */
const RUN_NAMESPACE = 'd0b9f0a5-6a52-5c39-8f6d-3d1a4b7e9c21';

/** Id of the run of a Kubernetes Job: the same on every replica and after every restart. */
export function runIdOf(cluster: string, uid: string): string {
  return uuidv5(`${cluster}/${uid}`, RUN_NAMESPACE);
}
